import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  allows,
  isForAnyone,
  reaches,
  resourceStatementsOf,
  statementsOf,
  trustsService,
} from '../../shared/controls/policy-document.ts';
import type { Json } from '../../shared/resources/json.ts';

const one = (more: Json) => statementsOf({ Statement: [{ Effect: 'Allow', Action: '*', ...more }] })[0];

it('a statement by itself and in a list are the same', () => {
  const statement = { Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
  expect(statementsOf({ Statement: statement })).toEqual(statementsOf({ Statement: [statement] }));
});

it('a whole statement, each element as a list', () => {
  const document = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: '111122223333', Service: ['ec2.amazonaws.com', 'eks.amazonaws.com'] },
        NotAction: ['iam:*'],
        NotResource: 'arn:aws:s3:::secrets/*',
        Condition: {
          'ForAnyValue:StringLikeIfExists': { 'aws:PrincipalTag/Team': ['a*', 'b'] },
          Bool: { 'aws:SecureTransport': true },
        },
      },
    ],
  };
  expect(statementsOf(document)).toEqual([
    {
      name: 'statement 1',
      effect: 'Allow',
      action: { patterns: ['iam:*'], except: true },
      resource: { patterns: ['arn:aws:s3:::secrets/*'], except: true },
      principals: [
        { type: 'AWS', id: '111122223333' },
        { type: 'Service', id: 'ec2.amazonaws.com' },
        { type: 'Service', id: 'eks.amazonaws.com' },
      ],
      exceptPrincipals: false,
      conditions: [
        { operator: 'stringlike', ifExists: true, each: 'any', key: 'aws:principaltag/team', values: ['a*', 'b'] },
        { operator: 'bool', ifExists: false, each: undefined, key: 'aws:securetransport', values: ['true'] },
      ],
    },
  ]);
});

it('a policy without statements says nothing', () => {
  expect(statementsOf({ Version: '2012-10-17', Statement: [] })).toEqual([]);
});

it('U-01: what is no policy throws', () => {
  const wrong: Json[] = [
    {},
    { Statement: null },
    { Statement: 'Allow' },
    { Statement: [null] },
    { Statement: [[]] },
    { Statement: [{ Action: '*' }] },
    { Statement: [{ Effect: 'allow', Action: '*' }] },
    { Statement: [{ Effect: 'Allow' }] },
    { Statement: [{ Effect: 'Allow', Action: [] }] },
    { Statement: [{ Effect: 'Allow', Action: [7] }] },
    { Statement: [{ Effect: 'Allow', Action: '*', NotAction: 'iam:*' }] },
    { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', NotResource: '*' }] },
    { Statement: [{ Effect: 'Allow', Action: '*', Resources: '*' }] },
    { Statement: [{ Effect: 'Allow', Action: '*', Principal: {} }] },
    { Statement: [{ Effect: 'Allow', Action: '*', Principal: 'everyone' }] },
    { Statement: [{ Effect: 'Allow', Action: '*', Principal: { AWS: null } }] },
    { Statement: [{ Effect: 'Allow', Action: '*', Condition: [] }] },
    { Statement: [{ Effect: 'Allow', Action: '*', Condition: { StringEquals: 'a' } }] },
    { Statement: [{ Effect: 'Allow', Action: '*', Condition: { 'String Equals': { a: 'b' } } }] },
    { Statement: [{ Effect: 'Allow', Action: '*', Condition: { StringEquals: { a: [] } } }] },
    { Statement: [{ Effect: 'Allow', Action: '*', Condition: { StringEquals: { a: null } } }] },
  ];
  const passed = wrong.filter((document) => {
    try {
      return statementsOf(document).length > 0;
    } catch (error) {
      return !(error instanceof TypeError);
    }
  });
  expect(passed).toEqual([]);
});

it('whatever JSON it is given, it answers or throws a TypeError', () => {
  const element = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom('Allow', '*', 'eks:*'));
  const statement = fc.dictionary(
    fc.constantFrom('Effect', 'Action', 'Principal', 'Resource', 'Condition', 'Sid'),
    element,
  );
  fc.assert(
    fc.property(fc.oneof(fc.array(statement), statement, fc.jsonValue()), (Statement) => {
      try {
        expect(Array.isArray(statementsOf({ Statement }))).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError);
      }
    }),
  );
});

it('an action is allowed whatever its case, by wildcard, and by what NotAction leaves open', () => {
  const rows: [Json, string, boolean][] = [
    [{ Action: 'EKS:describe*' }, 'eks:DescribeCluster', true],
    [{ Action: ['s3:*', 'eks:D?scribeCluster'] }, 'eks:DescribeCluster', true],
    [{ Action: 'eks:Describe*' }, 'eks:DeleteCluster', false],
    [{ Action: undefined, NotAction: 'iam:*' }, 'eks:DeleteCluster', true],
    [{ Action: undefined, NotAction: ['iam:*', 'eks:*'] }, 'eks:DeleteCluster', false],
    [{ Effect: 'Deny' }, 'eks:DeleteCluster', false],
  ];
  const asked = rows.map(([more, action]) =>
    statementsOf({ Statement: [{ Effect: 'Allow', Action: '*', ...more }] }).some((each) => allows(each, action)),
  );
  expect(asked).toEqual(rows.map(([, , expected]) => expected));
});

it('a statement reaches what its resources cover, and all of it where it stands on the resource itself', () => {
  const all = 'arn:aws:eks:*:111122223333:cluster/*';
  const rows: [Json, boolean][] = [
    [{}, true],
    [{ Resource: '*' }, true],
    [{ Resource: 'arn:aws:eks:*:111122223333:cluster/*' }, true],
    [{ Resource: 'arn:aws:eks:*:*:*' }, true],
    [{ Resource: 'arn:aws:eks:eu-west-1:111122223333:cluster/*' }, false],
    [{ Resource: 'arn:aws:eks:*:111122223333:cluster/payments' }, false],
    [{ NotResource: 'arn:aws:eks:eu-west-1:111122223333:cluster/payments' }, true],
    [{ NotResource: 'arn:aws:eks:*' }, false],
  ];
  expect(rows.map(([more]) => [one(more)].some((each) => each && reaches(each, all)))).toEqual(
    rows.map(([, expected]) => expected),
  );
});

it('anyone is a star in any principal, and whoever NotPrincipal does not name', () => {
  const rows: [Json, boolean][] = [
    [{ Principal: '*' }, true],
    [{ Principal: { AWS: '*' } }, true],
    [{ Principal: { AWS: ['111122223333', '*'] } }, true],
    [{ NotPrincipal: { AWS: '111122223333' } }, true],
    [{ Principal: { AWS: '111122223333' } }, false],
    [{ Principal: { Service: 'ec2.amazonaws.com' } }, false],
  ];
  const ofEach = rows.map(([more]) => resourceStatementsOf({ Statement: { Effect: 'Allow', Action: '*', ...more } }));
  expect(ofEach.map((all) => all.some(isForAnyone))).toEqual(rows.map(([, expected]) => expected));
});

it('U-01: a statement on a resource that names nobody throws', () => {
  expect(() => resourceStatementsOf({ Statement: { Effect: 'Allow', Action: '*' } })).toThrow(
    'statement 1 of the policy names nobody',
  );
});

it('a service is trusted by name only', () => {
  const trusts = (Principal: unknown, more: Json = {}) => {
    const Statement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal, ...more };
    return trustsService(resourceStatementsOf({ Statement }), 'eks.amazonaws.com');
  };
  expect([
    trusts({ Service: ['ec2.amazonaws.com', 'eks.amazonaws.com'] }),
    trusts({ Service: 'eks-fargate.amazonaws.com' }),
    trusts({ AWS: 'eks.amazonaws.com' }),
    trusts({ Service: 'eks.amazonaws.com' }, { Effect: 'Deny' }),
    trusts(undefined, { NotPrincipal: { Service: 'eks.amazonaws.com' } }),
  ]).toEqual([true, false, false, false, false]);
});
