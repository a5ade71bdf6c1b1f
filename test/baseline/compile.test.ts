import { expect, it } from 'vitest';
import type { Where } from '../../shared/baseline/baseline.ts';
import { compileBaseline } from '../../shared/baseline/compile.ts';
import { SAMPLE_CONTROLS } from '../support/sample-catalogue.ts';

const at = (id: string, more: Partial<Where> = {}): Where => ({
  resource: { account: '111122223333', region: 'eu-west-1', kind: 'cluster', id },
  clusters: [id],
  tags: {},
  ...more,
});

const data = {
  catalogue: 2,
  controls: {
    'sample-manual': { mode: 'notify', params: { most: 10 } },
    'eks-control-plane-logging': 'observe',
    'sample-approve': 'off',
  },
  scopes: [
    {
      name: 'production',
      where: { clusters: ['glob:prod-*', 'live'] },
      controls: {
        'eks-control-plane-logging': { mode: 'remediate', always: true },
        'sample-manual': { severity: 'critical', params: { least: 9 } },
      },
    },
    {
      name: 'tagged',
      where: { tags: { team: 'a' }, accounts: ['111122223333'], regions: ['eu-west-1'] },
      controls: { 'sample-manual': { params: { least: 2 } }, 'sample-approve': 'approve' },
    },
    {
      name: 'lab',
      where: { clusters: ['lab'] },
      controls: { 'sample-manual': 'off', 'eks-control-plane-logging': 'off' },
    },
  ],
} as const;

/** Copies the constant, whose lists are readonly. */
const baseline = compileBaseline(JSON.parse(JSON.stringify(data)), SAMPLE_CONTROLS);

function rulesAt(where: Where) {
  return baseline.rules('cluster', where).map(({ control, ...rule }) => ({ control: control.id, ...rule }));
}

const LOG_TYPES = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
const logging = { control: 'eks-control-plane-logging', params: { requiredTypes: LOG_TYPES } };

it('gives every rule its params with defaults where no scope holds', () => {
  expect(rulesAt(at('dev'))).toEqual([
    { ...logging, mode: 'observe', always: false },
    { control: 'sample-manual', mode: 'notify', always: false, params: { least: 4, most: 10, networks: [] } },
  ]);
});

it('lays a scope over the root, params one by one', () => {
  expect(rulesAt(at('prod-1'))).toEqual([
    { ...logging, mode: 'remediate', always: true },
    {
      control: 'sample-manual',
      mode: 'notify',
      severity: 'critical',
      always: false,
      params: { least: 9, most: 10, networks: [] },
    },
  ]);
});

it('lets a later scope win, and can turn on what is off elsewhere', () => {
  expect(rulesAt(at('live', { tags: { team: 'a' } })).slice(1)).toEqual([
    { control: 'sample-approve', mode: 'approve', always: false, params: {} },
    {
      control: 'sample-manual',
      mode: 'notify',
      severity: 'critical',
      always: false,
      params: { least: 2, most: 10, networks: [] },
    },
  ]);
});

it('leaves out what is off in a scope', () => {
  expect(rulesAt(at('lab'))).toEqual([]);
});

it('counts a shared resource as in the scope of any of its clusters, and one without clusters in none', () => {
  const shared = rulesAt(at('sg', { clusters: ['dev', 'prod-2'] }));
  expect([shared, rulesAt(at('sg', { clusters: [] }))]).toEqual([rulesAt(at('prod-1')), rulesAt(at('dev'))]);
});

it('asks for every tag by value, in the account and region named', () => {
  const here = at('dev', { tags: { team: 'a', more: 'x' } });
  const elsewhere = { ...here, resource: { ...here.resource, region: 'eu-west-2' } };
  const count = (where: Where) => baseline.rules('cluster', where).length;
  expect([count(here), count(elsewhere), count(at('dev', { tags: { team: 'b' } })), count(at('dev'))]).toEqual([
    3, 2, 2, 2,
  ]);
});

it('works out the rules of a place once', () => {
  expect(baseline.rules('cluster', at('prod-1'))).toBe(baseline.rules('cluster', at('prod-2')));
});

it('names in id order every control that is on somewhere', () => {
  expect(baseline.controls.map(({ id }) => id)).toEqual([
    'eks-control-plane-logging',
    'sample-approve',
    'sample-manual',
  ]);
});

it('starts a control of a newer catalogue in observe, and leaves one of this catalogue that is not named off', () => {
  const older = compileBaseline({ catalogue: 1, controls: {} }, SAMPLE_CONTROLS);
  const named = compileBaseline({ catalogue: 1, controls: { 'sample-later': 'off' } }, SAMPLE_CONTROLS);
  const rules = older.rules('cluster', at('dev')).map(({ control, mode }) => [control.id, mode]);
  expect([rules, named.controls, baseline.controls.some(({ id }) => id === 'sample-later')]).toEqual([
    [['sample-later', 'observe']],
    [],
    false,
  ]);
});

it('fixes nowhere but where it is told, with a kill switch and a budget by default', () => {
  const { remediation, accounts, routes } = compileBaseline({ catalogue: 1, controls: {} }, SAMPLE_CONTROLS);
  expect({ remediation, accounts, routes }).toEqual({
    remediation: { killSwitch: '/eks-warden/fixes', fixesPerHour: 10, accounts: [] },
    accounts: [],
    routes: [],
  });
});
