import { expect, it } from 'vitest';
import { writtenOut } from '../../shared/baseline/write-out.ts';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import { SAMPLE_CONTROLS } from '../support/sample-catalogue.ts';

const LOG_TYPES = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

it('gives every control of the catalogue its mode and all its params', () => {
  const data = { catalogue: 1, controls: { 'sample-manual': { mode: 'notify', params: { most: 10 } } } } as const;
  const { controls } = writtenOut(data, SAMPLE_CONTROLS);
  expect(controls).toEqual({
    'eks-control-plane-logging': { mode: 'off', params: { requiredTypes: LOG_TYPES }, always: false },
    'sample-approve': { mode: 'off', params: {}, always: false },
    'sample-destroys': { mode: 'off', params: {}, always: false },
    'sample-later': { mode: 'observe', params: {}, always: false },
    'sample-manual': { mode: 'notify', params: { least: 4, most: 10, networks: [] }, always: false },
  });
});

it('keeps what a scope leaves out for the root to say', () => {
  const scope = { name: 'lab', where: { clusters: ['lab'] } };
  const controls = { 'sample-manual': { params: { least: 9 } }, 'sample-approve': 'notify' } as const;
  const { scopes } = writtenOut({ catalogue: 2, controls: {}, scopes: [{ ...scope, controls }] }, SAMPLE_CONTROLS);
  expect(scopes).toEqual([{ ...scope, controls }]);
});

it('is the same after a journey through JSON, for every control there is', () => {
  const written = writtenOut({ catalogue: 1, controls: {} }, CATALOGUE);
  expect(JSON.parse(JSON.stringify(written))).toEqual(written);
});
