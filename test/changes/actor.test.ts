import { expect, it } from 'vitest';
import { actorOf } from '../../shared/changes/actor.ts';
import type { Actor } from '../../shared/changes/change.ts';
import { ACCOUNT, aRoleSession as assumed, CLI, roleArn, session, anIamUser as user } from '../support/identities.ts';

const SSO = 'AWSReservedSSO_PlatformAdmin_0123456789abcdef';
const SSO_PATH = '/aws-reserved/sso.amazonaws.com/eu-west-1/';

interface Row {
  userIdentity?: unknown;
  detail?: object;
  is: Partial<Actor>;
}

const ROWS: Record<string, Row> = {
  'the root user at the console': {
    userIdentity: { type: 'Root', principalId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, accountId: ACCOUNT },
    detail: { eventType: 'AwsConsoleSignIn', additionalEventData: { MFAUsed: 'No' }, userAgent: 'Mozilla/5.0' },
    is: {
      type: 'Root',
      principal: `arn:aws:iam::${ACCOUNT}:root`,
      account: ACCOUNT,
      confidence: 'unknown',
      channel: 'console',
      mfa: false,
    },
  },
  'an IAM user with a long-lived key': {
    userIdentity: user(),
    is: {
      type: 'IAMUser',
      principal: `arn:aws:iam::${ACCOUNT}:user/team/ana`,
      account: ACCOUNT,
      person: 'ana',
      confidence: 'likely',
      channel: 'cli',
    },
  },
  'an IAM user whose session had MFA': {
    userIdentity: user({ sessionContext: { attributes: { mfaAuthenticated: 'true' } } }),
    is: {
      type: 'IAMUser',
      principal: `arn:aws:iam::${ACCOUNT}:user/team/ana`,
      account: ACCOUNT,
      person: 'ana',
      confidence: 'certain',
      channel: 'cli',
      mfa: true,
    },
  },
  'an IAM user who signs in at the console': {
    userIdentity: user(),
    detail: { eventType: 'AwsConsoleSignIn', additionalEventData: { MFAUsed: 'Yes' }, userAgent: 'Mozilla/5.0' },
    is: {
      type: 'IAMUser',
      principal: `arn:aws:iam::${ACCOUNT}:user/team/ana`,
      account: ACCOUNT,
      person: 'ana',
      confidence: 'certain',
      channel: 'console',
      mfa: true,
    },
  },
  'an IAM user without an ARN, at the console': {
    userIdentity: { type: 'IAMUser', principalId: 'AIDAEXAMPLE', userName: 'ana' },
    detail: { sessionCredentialFromConsole: 'true', userAgent: 'AWS Internal' },
    is: { type: 'IAMUser', principal: 'ana', person: 'ana', confidence: 'certain', channel: 'console' },
  },
  'an IAM user whose name stands only in the ARN, of an old record with a boolean': {
    userIdentity: user({ userName: undefined, sessionContext: { attributes: { mfaAuthenticated: true } } }),
    is: {
      type: 'IAMUser',
      principal: `arn:aws:iam::${ACCOUNT}:user/team/ana`,
      account: ACCOUNT,
      person: 'ana',
      confidence: 'certain',
      channel: 'cli',
      mfa: true,
    },
  },
  'an IAM user of whom nothing is left': {
    userIdentity: { type: 'IAMUser', principalId: 'AIDAEXAMPLE' },
    is: { type: 'IAMUser', principal: 'AIDAEXAMPLE', confidence: 'unknown', channel: 'cli' },
  },
  'a session of a role': {
    userIdentity: assumed('deploy', 'rotation-1763715600', {}, '/ci/'),
    is: {
      type: 'AssumedRole',
      principal: `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/rotation-1763715600`,
      role: roleArn('deploy', '/ci/'),
      account: ACCOUNT,
      confidence: 'unknown',
      channel: 'cli',
      mfa: false,
    },
  },
  'a session of a role that is named like a person': {
    userIdentity: assumed('deploy', 'ana@example.com'),
    is: {
      type: 'AssumedRole',
      principal: `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/ana@example.com`,
      role: roleArn('deploy'),
      account: ACCOUNT,
      person: 'ana@example.com',
      confidence: 'likely',
      channel: 'cli',
      mfa: false,
    },
  },
  'somebody who switched roles at the console': {
    userIdentity: assumed('admin', 'ana'),
    detail: { sessionCredentialFromConsole: 'true', userAgent: 'Mozilla/5.0' },
    is: {
      type: 'AssumedRole',
      principal: `arn:aws:sts::${ACCOUNT}:assumed-role/admin/ana`,
      role: roleArn('admin'),
      account: ACCOUNT,
      person: 'ana',
      confidence: 'likely',
      channel: 'console',
      mfa: false,
    },
  },
  'a session whose context was cut off': {
    userIdentity: { type: 'AssumedRole', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/run-7`, accountId: ACCOUNT },
    is: {
      type: 'AssumedRole',
      principal: `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/run-7`,
      account: ACCOUNT,
      confidence: 'unknown',
      channel: 'cli',
    },
  },
  'a session of which only the id is left': {
    userIdentity: { type: 'AssumedRole', principalId: 'AROAEXAMPLE:run-7' },
    is: { type: 'AssumedRole', principal: 'AROAEXAMPLE:run-7', confidence: 'unknown', channel: 'cli' },
  },
  'a person through IAM Identity Center': {
    userIdentity: assumed(SSO, 'ana@example.com', {}, SSO_PATH),
    is: {
      type: 'AssumedRole',
      principal: `arn:aws:sts::${ACCOUNT}:assumed-role/${SSO}/ana@example.com`,
      role: roleArn(SSO, SSO_PATH),
      account: ACCOUNT,
      person: 'ana@example.com',
      confidence: 'certain',
      channel: 'cli',
    },
  },
  'a person through IAM Identity Center, the context cut off': {
    userIdentity: { type: 'AssumedRole', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${SSO}/ana` },
    is: {
      type: 'AssumedRole',
      principal: `arn:aws:sts::${ACCOUNT}:assumed-role/${SSO}/ana`,
      person: 'ana',
      confidence: 'likely',
      channel: 'cli',
    },
  },
  'a role that somebody named like one of Identity Center': {
    userIdentity: assumed(SSO, 'ana'),
    is: {
      type: 'AssumedRole',
      principal: `arn:aws:sts::${ACCOUNT}:assumed-role/${SSO}/ana`,
      role: roleArn(SSO),
      account: ACCOUNT,
      person: 'ana',
      confidence: 'likely',
      channel: 'cli',
      mfa: false,
    },
  },
  'a role itself, at the console': {
    userIdentity: { type: 'Role', arn: roleArn('deploy') },
    detail: { sessionCredentialFromConsole: 'true', userAgent: 'Mozilla/5.0' },
    is: { type: 'Role', principal: roleArn('deploy'), confidence: 'unknown', channel: 'console' },
  },
  'a role that only calls itself like one of Identity Center, in its session': {
    userIdentity: assumed('deploy', SSO),
    is: {
      type: 'AssumedRole',
      principal: `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/${SSO}`,
      role: roleArn('deploy'),
      account: ACCOUNT,
      confidence: 'unknown',
      channel: 'cli',
      mfa: false,
    },
  },
  'a user of a SAML provider': {
    userIdentity: {
      type: 'SAMLUser',
      principalId: 'abc=:ana@example.com',
      userName: 'ana@example.com',
      identityProvider: 'abc=',
    },
    is: {
      type: 'SAMLUser',
      principal: 'ana@example.com',
      person: 'ana@example.com',
      confidence: 'certain',
      channel: 'cli',
    },
  },
  'a pod with a role for its service account': {
    userIdentity: assumed('payments-app', 'botocore-session-1763715600', {
      webIdFederationData: {
        federatedProvider: `arn:aws:iam::${ACCOUNT}:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0123`,
        attributes: {},
      },
    }),
    detail: { userAgent: 'Boto3/1.40.74 Botocore/1.40.74' },
    is: {
      type: 'AssumedRole',
      principal: `arn:aws:sts::${ACCOUNT}:assumed-role/payments-app/botocore-session-1763715600`,
      role: roleArn('payments-app'),
      account: ACCOUNT,
      confidence: 'unknown',
      channel: 'sdk',
    },
  },
  'a job of GitHub, that may name its session as it likes': {
    userIdentity: assumed('deploy', 'ana@example.com', {
      webIdFederationData: {
        federatedProvider: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
        attributes: {},
      },
    }),
    is: {
      type: 'AssumedRole',
      principal: `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/ana@example.com`,
      role: roleArn('deploy'),
      account: ACCOUNT,
      confidence: 'unknown',
      channel: 'cli',
    },
  },
  'a job of GitHub that takes its role': {
    userIdentity: {
      type: 'WebIdentityUser',
      principalId: 'token:aud:sub',
      userName: 'repo:example/app:ref:refs/heads/main',
      identityProvider: 'token',
    },
    is: {
      type: 'WebIdentityUser',
      principal: 'repo:example/app:ref:refs/heads/main',
      confidence: 'unknown',
      channel: 'cli',
    },
  },
  'a federated user': {
    userIdentity: {
      type: 'FederatedUser',
      arn: `arn:aws:sts::${ACCOUNT}:federated-user/ana`,
      accountId: ACCOUNT,
      sessionContext: session({ type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/broker` }),
    },
    is: {
      type: 'FederatedUser',
      principal: `arn:aws:sts::${ACCOUNT}:federated-user/ana`,
      account: ACCOUNT,
      person: 'ana',
      confidence: 'likely',
      channel: 'cli',
      mfa: false,
    },
  },
  'a service for itself': {
    userIdentity: { type: 'AWSService', invokedBy: 'eks.amazonaws.com' },
    detail: { sourceIPAddress: 'eks.amazonaws.com', userAgent: 'eks.amazonaws.com' },
    is: {
      type: 'AWSService',
      principal: 'eks.amazonaws.com',
      confidence: 'unknown',
      channel: 'service',
      address: 'eks.amazonaws.com',
    },
  },
  'a service with its own role': {
    userIdentity: {
      ...assumed('AWSServiceRoleForAmazonEKSNodegroup', 'EKS', {}, '/aws-service-role/eks-nodegroup.amazonaws.com/'),
      invokedBy: 'eks-nodegroup.amazonaws.com',
    },
    detail: { sourceIPAddress: 'eks-nodegroup.amazonaws.com', userAgent: undefined },
    is: {
      type: 'AssumedRole',
      principal: `arn:aws:sts::${ACCOUNT}:assumed-role/AWSServiceRoleForAmazonEKSNodegroup/EKS`,
      role: roleArn('AWSServiceRoleForAmazonEKSNodegroup', '/aws-service-role/eks-nodegroup.amazonaws.com/'),
      account: ACCOUNT,
      confidence: 'unknown',
      channel: 'service',
      address: 'eks-nodegroup.amazonaws.com',
      mfa: false,
    },
  },
  'a service for a user': {
    userIdentity: user({ invokedBy: 'autoscaling.amazonaws.com' }),
    detail: { userAgent: undefined },
    is: {
      type: 'IAMUser',
      principal: `arn:aws:iam::${ACCOUNT}:user/team/ana`,
      account: ACCOUNT,
      person: 'ana',
      confidence: 'likely',
      channel: 'service',
    },
  },
  'somebody from another account': {
    userIdentity: { type: 'AWSAccount', principalId: 'AROAEXAMPLE:run-7', accountId: '444455556666' },
    is: {
      type: 'AWSAccount',
      principal: 'AROAEXAMPLE:run-7',
      account: '444455556666',
      confidence: 'unknown',
      channel: 'cli',
    },
  },
  'somebody from another account whose session is named like a person': {
    userIdentity: { type: 'AWSAccount', principalId: 'AROAEXAMPLE:bo@example.com', accountId: '444455556666' },
    is: {
      type: 'AWSAccount',
      principal: 'AROAEXAMPLE:bo@example.com',
      account: '444455556666',
      person: 'bo@example.com',
      confidence: 'likely',
      channel: 'cli',
    },
  },
  'another account, and no more': {
    userIdentity: { type: 'AWSAccount', accountId: '444455556666' },
    is: {
      type: 'AWSAccount',
      principal: '444455556666',
      account: '444455556666',
      confidence: 'unknown',
      channel: 'cli',
    },
  },
  'a role with a source identity': {
    userIdentity: assumed('deploy', 'run-7', { sourceIdentity: 'ana@example.com' }),
    is: {
      type: 'AssumedRole',
      principal: `arn:aws:sts::${ACCOUNT}:assumed-role/deploy/run-7`,
      role: roleArn('deploy'),
      account: ACCOUNT,
      person: 'ana@example.com',
      confidence: 'certain',
      channel: 'cli',
      mfa: false,
    },
  },
  'a chain of roles, the last session named after another person than the first': {
    userIdentity: assumed('break-glass', 'bo@example.com', { sourceIdentity: 'ana@example.com' }),
    is: {
      type: 'AssumedRole',
      principal: `arn:aws:sts::${ACCOUNT}:assumed-role/break-glass/bo@example.com`,
      role: roleArn('break-glass'),
      account: ACCOUNT,
      person: 'ana@example.com',
      confidence: 'certain',
      channel: 'cli',
      mfa: false,
    },
  },
  'an Identity Center user without a role': {
    userIdentity: {
      type: 'IdentityCenterUser',
      accountId: ACCOUNT,
      onBehalfOf: { userId: '906700000a-1', identityStoreArn: `arn:aws:identitystore::${ACCOUNT}:identitystore/d-1` },
      credentialId: 'cred-1',
    },
    is: {
      type: 'IdentityCenterUser',
      principal: '906700000a-1',
      account: ACCOUNT,
      person: '906700000a-1',
      confidence: 'certain',
      channel: 'cli',
    },
  },
  'an Identity Center user who is not named': {
    userIdentity: { type: 'IdentityCenterUser', accountId: ACCOUNT, credentialId: 'cred-1' },
    is: { type: 'IdentityCenterUser', principal: 'cred-1', account: ACCOUNT, confidence: 'unknown', channel: 'cli' },
  },
  'an identity of no known type': {
    userIdentity: { type: 'Unknown', principalId: 'p-1' },
    is: { type: 'Unknown', principal: 'p-1', confidence: 'unknown', channel: 'cli' },
  },
  'a service event whose identity has but a caller': {
    userIdentity: { accountId: ACCOUNT, invokedBy: 'AWS Internal' },
    detail: { userAgent: 'AWS Internal', sourceIPAddress: 'AWS Internal' },
    is: {
      type: 'Unknown',
      principal: 'AWS Internal',
      account: ACCOUNT,
      confidence: 'unknown',
      channel: 'service',
      address: 'AWS Internal',
    },
  },
  'no identity': { is: { type: 'Unknown', principal: 'unknown', confidence: 'unknown', channel: 'cli' } },
  'an identity that is text': {
    userIdentity: 'root',
    is: { type: 'Unknown', principal: 'unknown', confidence: 'unknown', channel: 'cli' },
  },
};

it.each(Object.entries(ROWS))('T-01: the actor is %s', (_, { userIdentity, detail, is }) => {
  const { userAgent, ...actor } = actorOf({ userIdentity, userAgent: CLI, ...detail });
  expect(actor).toEqual({ asCode: false, ...is });
});

it('what is long is cut, and no character in half', () => {
  const long = `${'x'.repeat(255)}😀${'y'.repeat(5_000)}`;
  const actor = actorOf({
    userIdentity: { type: long, arn: long, accountId: long, userName: long, sessionContext: { sourceIdentity: long } },
    userAgent: long,
    sourceIPAddress: long,
  });
  const cut = `${'x'.repeat(255)}\ufffd`;
  expect(actor).toEqual({
    type: cut,
    principal: long.slice(0, 1024),
    person: cut,
    confidence: 'certain',
    account: cut,
    channel: 'unknown',
    address: cut,
    asCode: false,
    userAgent: cut,
  });
});

it('Y-01: credentials that an event carries do not go on', () => {
  const userIdentity = { ...assumed('deploy', 'run-7'), accessKeyId: 'canary-key' };
  const responseElements = {
    credentials: { accessKeyId: 'canary-key', secretAccessKey: 'canary', sessionToken: 'canary' },
  };
  expect(JSON.stringify(actorOf({ userIdentity, responseElements, userAgent: CLI }))).not.toContain('canary');
});
