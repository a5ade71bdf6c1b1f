import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { bundledBaseline } from '../../shared/baseline/bundled.ts';
import { baselineJsonSchema } from '../../shared/baseline/json-schema.ts';
import { known, loadBaseline } from '../../shared/baseline/load.ts';
import { readBaseline } from '../../shared/baseline/read.ts';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import { SAMPLE_NOW } from '../support/sample-catalogue.ts';

const root = join(import.meta.dirname, '..', '..');
const shipped = readFileSync(join(root, 'baseline.yml'), 'utf8');
const { data, written, baseline } = loadBaseline(shipped, 'baseline.yml', SAMPLE_NOW);

it('ships every control on notify, so that nothing is fixed', () => {
  expect(data.controls).toEqual(Object.fromEntries(CATALOGUE.map(({ id }) => [id, 'notify'])));
});

it('sends critical and high at once and leaves the rest to the digest', () => {
  expect(baseline.routes).toEqual([
    { name: 'at-once', when: 'now', severities: ['critical', 'high'], to: ['email', 'slack'] },
    { name: 'digest', when: 'digest', severities: ['medium', 'low', 'info'], to: ['email', 'slack'] },
  ]);
});

it('is the same baseline when it comes out of a bundle', () => {
  const { controls, routes, remediation, accounts } = bundledBaseline(JSON.parse(JSON.stringify(written)));
  expect({ controls, routes, remediation, accounts }).toEqual({
    controls: baseline.controls,
    routes: baseline.routes,
    remediation: baseline.remediation,
    accounts: baseline.accounts,
  });
});

it.each([undefined, null, {}, 'text', { catalogue: 1, controls: {} }])(
  'refuses a bundle that holds %j for a baseline',
  (json) => {
    expect(() => bundledBaseline(json)).toThrow('The bundle holds no baseline. Package and deploy the function again.');
  },
);

const page = readFileSync(join(root, 'docs', 'baseline.md'), 'utf8');
const examples = [...page.matchAll(/^## (\S+)$[\s\S]*?^```yaml\n([\s\S]*?)^```$/gm)].map(([, key = '', yaml = '']) => [
  key,
  yaml,
]);

it.each(examples)('the example for %s in docs/baseline.md is valid', (_, yaml = '') => {
  const whole = { catalogue: 1, controls: {}, ...parse(yaml) };
  expect(readBaseline(JSON.stringify(whole), known(SAMPLE_NOW))).toEqual({ data: whole });
});

it('explains every key at the top of a baseline', () => {
  const schema = baselineJsonSchema(CATALOGUE, ['cluster']) as { properties: object };
  expect(examples.map(([key]) => key)).toEqual(Object.keys(schema.properties));
});

it('derives a JSON Schema that knows each control, its modes and its params', () => {
  const schema = JSON.parse(JSON.stringify(baselineJsonSchema(CATALOGUE, ['cluster'])));
  const [mode, mapping] = schema.properties.controls.properties['eks-control-plane-logging'].anyOf;
  expect({
    controls: Object.keys(schema.properties.controls.properties),
    strict: [
      schema.additionalProperties,
      schema.properties.controls.additionalProperties,
      mapping.additionalProperties,
    ],
    mode,
    required: mapping.required,
    params: Object.keys(mapping.properties.params.properties),
  }).toEqual({
    controls: CATALOGUE.map(({ id }) => id),
    strict: [false, false, false],
    mode: { type: 'string', enum: ['off', 'observe', 'notify', 'approve', 'remediate'] },
    required: ['mode'],
    params: ['requiredTypes'],
  });
});
