import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROLES } from '../../shared/aws/entry.ts';
import { roleArnOf } from '../../shared/aws/partition.ts';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import { memberFile, memberTemplate } from '../../shared/derive/members.ts';
import { MOST_CHARACTERS, readPolicy, writePolicy } from '../../shared/derive/policies.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { filledIn } from '../support/filled-in.ts';
import { aSite } from '../support/sites.ts';

const HUB = '444455556666';
const MEMBER = '111122223333';
const observed = aBaseline(CATALOGUE);
const fixing = aBaseline(
  CATALOGUE.filter(({ remediation }) => remediation),
  { mode: 'remediate' },
);

const made = (baseline = observed, partition = 'aws') =>
  filledIn(memberTemplate(baseline), {
    partition,
    region: 'eu-west-1',
    account: MEMBER,
    parameters: { HubAccount: HUB, ExternalId: 'known-to-both', RolePath: '/security/' },
  });
type Role = {
  RoleName: string;
  Path: string;
  AssumeRolePolicyDocument: unknown;
  Policies: { PolicyDocument: object }[];
};
const roleOf = (resource: { Properties: object } | undefined) => resource?.Properties as Role;
const hubRole = (name: string) => `arn:aws:iam::${HUB}:role/security/eks-warden-${name}-*`;

it('K-02: only the functions of the hub that read may enter to read, with the external id', () => {
  expect(roleOf(made().ReadRole).AssumeRolePolicyDocument).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: HUB },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'sts:ExternalId': 'known-to-both' },
          ArnLike: { 'aws:PrincipalArn': ['EvaluateResourceRole', 'SweepScopeRole'].map(hubRole) },
        },
      },
    ],
  });
});

it('K-02: only the remediator may enter to fix, and it reads too', () => {
  const { ReadRole, FixRole } = made(fixing);
  const principals = (role: Role) =>
    JSON.parse(JSON.stringify(role.AssumeRolePolicyDocument)).Statement[0].Condition.ArnLike['aws:PrincipalArn'];
  expect(principals(roleOf(FixRole))).toEqual([hubRole('RemediateFindingRole')]);
  expect(principals(roleOf(ReadRole))).toContain(hubRole('RemediateFindingRole'));
});

it('S-04: where nothing may be fixed there is no role that writes', () => {
  expect(Object.keys(made())).toEqual(['ReadRole']);
  expect(Object.keys(made(fixing))).toEqual(['ReadRole', 'FixRole']);
});

it.each(['aws', 'aws-us-gov', 'aws-cn'] as const)(
  'may do just what is derived, under the names that the hub asks for, in %s',
  (partition) => {
    const site = { ...aSite(partition), account: MEMBER };
    const { ReadRole, FixRole } = made(fixing, partition);
    const found = [ReadRole, FixRole].map(roleOf);
    expect(found.map(({ Policies }) => Policies[0]?.PolicyDocument)).toEqual([
      readPolicy(fixing, site),
      writePolicy(fixing, site),
    ]);
    expect(found.map(({ Path, RoleName }) => `arn:${partition}:iam::${MEMBER}:role${Path}${RoleName}`)).toEqual([
      roleArnOf(partition, MEMBER, ROLES.read, '/security/'),
      roleArnOf(partition, MEMBER, ROLES.fix, '/security/'),
    ]);
  },
);

it('a policy fits into a role, filled in with the longest names of a partition', () => {
  const sizes = Object.values(made(fixing, 'aws-us-gov')).map(
    (role) => JSON.stringify(roleOf(role).Policies[0]).length,
  );
  expect(Math.max(...sizes)).toBeLessThan(MOST_CHARACTERS);
});

it('the file says just what the template says', () => {
  expect(parse(memberFile(fixing))).toEqual(JSON.parse(JSON.stringify(memberTemplate(fixing))));
});
