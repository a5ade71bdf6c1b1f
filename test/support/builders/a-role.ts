import type { Json } from '../../../shared/resources/json.ts';
import type { SubjectOf } from '../../../shared/resources/kind.ts';
import { type AttachedPolicy, role } from '../../../shared/resources/role.ts';
import { laidOver, type Overrides } from './laid-over.ts';

export type RoleSubject = SubjectOf<typeof role>;

/** The issuer of a cluster that the sample account trusts. */
export const ISSUER = 'oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';

/** A policy with one statement that allows; `more` goes into it. */
export function allowing(more: Json): Json {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...more }] };
}

/** A policy that AWS manages. */
export function ofAws(name: string, path = ''): AttachedPolicy {
  return { arn: `arn:aws:iam::aws:policy/${path}${name}`, name, document: null };
}

const wholeNodeRole = (): RoleSubject => ({
  kind: role.kind,
  at: { kind: 'role', id: 'payments-node', account: '111122223333', region: 'global' },
  partition: 'aws',
  usedBy: [
    {
      by: { kind: 'nodegroup', id: 'payments/workers', account: '111122223333', region: 'eu-west-1' },
      as: ['node role'],
      clusters: ['payments'],
    },
  ],
  Path: '/',
  RoleName: 'payments-node',
  RoleId: 'AROAPAYMENTSNODEXXXXX',
  Arn: 'arn:aws:iam::111122223333:role/payments-node',
  CreateDate: new Date('2026-06-15T08:00:00Z'),
  trust: allowing({ Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }),
  facets: {
    attachedPolicies: [
      ofAws('AmazonEKSWorkerNodePolicy'),
      ofAws('AmazonEC2ContainerRegistryPullOnly'),
      ofAws('AmazonSSMManagedInstanceCore'),
    ],
    inlinePolicies: [],
    oidcProviders: [ISSUER],
  },
});

const pinned = {
  StringEquals: { [`${ISSUER}:sub`]: 'system:serviceaccount:payments:api', [`${ISSUER}:aud`]: 'sts.amazonaws.com' },
};

/** The role of nodes that every control passes. */
export function aNodeRole(overrides: Overrides<RoleSubject> = {}): RoleSubject {
  return laidOver(wholeNodeRole(), overrides);
}

/** The role of one service account, by the cluster's issuer, that every control passes. */
export function aRole(overrides: Overrides<RoleSubject> = {}): RoleSubject {
  const whole = aNodeRole({
    at: { id: 'payments-api' },
    usedBy: [],
    RoleName: 'payments-api',
    RoleId: 'AROAPAYMENTSAPIXXXXXX',
    Arn: 'arn:aws:iam::111122223333:role/payments-api',
    facets: {
      attachedPolicies: [],
      inlinePolicies: [
        {
          name: 'read-rates',
          document: allowing({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::payments-rates/*' }),
        },
      ],
    },
  });
  return laidOver({ ...whole, trust: trusting(pinned) }, overrides);
}

/** A trust policy for the issuer, under a condition. */
export function trusting(Condition: Json | undefined, issuer = ISSUER): Json {
  const Principal = { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` };
  return allowing({ Principal, Action: 'sts:AssumeRoleWithWebIdentity', ...(Condition ? { Condition } : {}) });
}
