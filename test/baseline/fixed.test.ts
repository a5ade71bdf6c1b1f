import { expect, it } from 'vitest';
import { compileBaseline } from '../../shared/baseline/compile.ts';
import { SAMPLE_CONTROLS } from '../support/sample-catalogue.ts';

const scope = (controls: object) => ({ name: 'lab', where: { regions: ['eu-west-1'] }, controls });

it.each([
  ['nothing that is only told', { 'sample-approve': 'notify' }, [], []],
  ['what is approved', { 'sample-approve': 'approve', 'sample-manual': 'notify' }, [], ['sample-approve']],
  ['what is remediated', { 'eks-control-plane-logging': { mode: 'remediate' } }, [], ['eks-control-plane-logging']],
  [
    'what is fixed in one scope only',
    { 'sample-approve': 'off' },
    [scope({ 'sample-approve': { mode: 'approve' } })],
    ['sample-approve'],
  ],
  [
    'what a scope sets otherwise, and leaves its mode',
    { 'sample-approve': 'observe' },
    [scope({ 'sample-approve': { severity: 'low' } })],
    [],
  ],
])('the controls that may be fixed somewhere are %s', (_, controls, scopes, fixed) => {
  const file = { catalogue: 2, controls, scopes } as unknown as Parameters<typeof compileBaseline>[0];
  expect(compileBaseline(file, SAMPLE_CONTROLS).fixed.map(({ id }) => id)).toEqual(fixed);
});
