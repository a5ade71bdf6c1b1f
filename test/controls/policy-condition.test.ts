import { expect, it } from 'vitest';
import { asks, type Condition, conditionsOf, isExact, isRequired } from '../../shared/controls/policy-condition.ts';
import type { Json } from '../../shared/resources/json.ts';

// biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable of IAM, which is written so.
const VARIABLE = '${aws:PrincipalTag/team}';
const condition = (block: unknown) => conditionsOf(block, 'a test')[0] as Condition;

it('only a condition that must hold keeps out whoever lacks its key', () => {
  const operators = [
    'StringEquals',
    'StringLike',
    'ForAnyValue:StringEquals',
    'ArnLike',
    'IpAddress',
    'Bool',
    'StringEqualsIfExists',
    'ForAllValues:StringEquals',
    'StringNotEquals',
    'StringNotLike',
    'ArnNotEquals',
    'NotIpAddress',
    'NumericNotEquals',
    'Null',
  ];
  const required = operators.filter((name) => isRequired(condition({ [name]: { 'aws:PrincipalOrgID': 'x' } })));
  const asked = operators.filter((name) => asks(condition({ [name]: { 'aws:PrincipalOrgID': 'x' } })));
  expect([required, asked]).toEqual([operators.slice(0, 6), operators.slice(0, 8)]);
});

it('a value is exact without wildcards where they count, and without policy variables', () => {
  const rows: [Json, boolean][] = [
    [{ StringEquals: { k: 'a*' } }, true],
    [{ StringLike: { k: 'a*' } }, false],
    [{ StringLike: { k: ['a', 'b?'] } }, false],
    [{ StringLike: { k: ['a', 'b'] } }, true],
    [{ ArnEquals: { k: 'arn:aws:iam::111122223333:role/*' } }, false],
    [{ StringEquals: { k: VARIABLE } }, false],
  ];
  expect(rows.map(([block]) => isExact(condition(block)))).toEqual(rows.map(([, expected]) => expected));
});
