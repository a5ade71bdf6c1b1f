import { expect, it } from 'vitest';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import { judge } from '../../shared/evaluation/judge.ts';
import type { AnySubject } from '../../shared/evaluation/verdict.ts';
import { laidOver } from '../support/builders/laid-over.ts';
import * as builders from '../support/builders.ts';
import { TABLE_NOW } from '../support/test-control.ts';

/** The whole subjects: what each builder makes when it is asked for nothing. */
const subjects = Object.entries(builders)
  .filter(([name]) => /^an?[A-Z]/.test(name) && name !== 'anExternalCluster')
  .map(([name, build]) => ({ name, subject: (build as () => unknown)() as AnySubject }))
  .filter(({ subject }) => 'facets' in subject);

it.each(subjects)('what $name makes passes every control of its kind', ({ subject }) => {
  const rules = CATALOGUE.filter(({ resources }) => resources.some(({ kind }) => kind === subject.kind)).map(
    (control) => ({ control, mode: 'notify' as const, always: false, params: control.params.parse({}) }),
  );
  const verdicts = rules.map((rule) => [rule.control.id, judge(rule, subject, new Date(TABLE_NOW))] as const);
  const wrong = verdicts.filter(([, { verdict }]) => verdict === 'fail' || verdict === 'unknown');
  expect(wrong).toEqual([]);
  expect(verdicts.some(([, { verdict }]) => verdict === 'pass')).toBe(true);
});

it('every kind that a control judges has a builder', () => {
  const kinds = new Set(CATALOGUE.flatMap(({ resources }) => resources.map(({ kind }) => kind)));
  const built = new Set(subjects.map(({ subject }) => subject.kind));
  expect([...kinds].filter((kind) => !built.has(kind))).toEqual([]);
});

it('overrides reach any depth, replace lists and dates, and take away what is undefined', () => {
  const whole = { a: { b: 1, c: [1, 2], d: new Date(0) as Date | undefined }, e: 'x' as string | undefined };
  const changed = laidOver(whole, { a: { c: [3], d: new Date(1) }, e: undefined });
  expect(changed).toEqual({ a: { b: 1, c: [3], d: new Date(1) } });
  expect(Object.keys(changed)).toEqual(['a']);
  expect(whole).toEqual({ a: { b: 1, c: [1, 2], d: new Date(0) }, e: 'x' });
});
