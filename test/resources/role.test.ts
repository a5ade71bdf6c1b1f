import { describe, expect, it } from 'vitest';
import { role, type TrustedRole } from '../../shared/resources/role.ts';
import { fakeReader, lacking, unread } from '../support/fake-reader.ts';
import { aResource, lines } from '../support/located.ts';

const at = aResource('role', 'payments-node', 'global');
const PROVIDER = 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/0123ABCD';
const OURS = 'arn:aws:iam::111122223333:policy/team/Payments';
const AWS_OWN = 'arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy';
const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' } }] };
const allow = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' } };
const encoded = (document: unknown) => encodeURIComponent(JSON.stringify(document));

const raw = {
  Path: '/',
  RoleName: 'payments-node',
  RoleId: 'AROAEXAMPLE',
  Arn: 'arn:aws:iam::111122223333:role/payments-node',
  CreateDate: new Date('2026-01-02'),
  AssumeRolePolicyDocument: encoded(trust),
  Tags: [{ Key: 'team', Value: 'payments' }],
};
const node: TrustedRole = { ...raw, trust };
const federated = (Principal: unknown) => ({ ...node, trust: { Statement: [{ Effect: 'Allow', Principal }] } });

describe('role', () => {
  it('reads itself with its trust policy decoded', async () => {
    const reader = fakeReader({ 'iam:GetRole': () => ({ Role: raw }) });
    expect(await role.base?.(reader, at)).toEqual({ outcome: 'found', began: 1, value: node });
    expect(reader.calls).toEqual([['iam:GetRole', { RoleName: 'payments-node' }]]);
  });

  it.each([
    ['no role', { Role: undefined }],
    ['no trust policy', { Role: { ...raw, AssumeRolePolicyDocument: undefined } }],
    ['a trust policy that is no JSON', { Role: { ...raw, AssumeRolePolicyDocument: '%7Boops' } }],
    ['a trust policy with a broken encoding', { Role: { ...raw, AssumeRolePolicyDocument: '%' } }],
    ['a trust policy that is a list', { Role: { ...raw, AssumeRolePolicyDocument: '[]' } }],
  ])('is malformed with %s', async (_, answer) => {
    expect(await role.base?.(fakeReader({ 'iam:GetRole': () => answer }), at)).toEqual(lacking('iam:GetRole', 1));
  });

  it('is another generation under another id, and has tags', () => {
    expect([role.generation?.(node), role.tags?.(node)]).toEqual(['AROAEXAMPLE', { team: 'payments' }]);
  });

  it.each([
    ['one provider', { Federated: PROVIDER }, 1],
    ['several providers', { Federated: [PROVIDER, PROVIDER.replace('0123', '4567')] }, 2],
    ['SAML', { Federated: 'arn:aws:iam::111122223333:saml-provider/Office' }, 0],
    ['everybody', '*', 0],
  ])('links to the issuers that it trusts: %s', (_, principal, count) => {
    const issuers = lines(role.links?.(federated(principal), {}, at) ?? []);
    const [first] =
      count > 0 ? ['trusted issuer → oidc-provider oidc.eks.eu-west-1.amazonaws.com/id/0123ABCD in global'] : [];
    expect([issuers.length, issuers[0]]).toEqual([count, first]);
  });

  it('reads a trust policy of one statement', () => {
    const base = { ...node, trust: { Statement: { Principal: { Federated: PROVIDER } } } };
    expect(role.links?.(base, {}, at)).toHaveLength(1);
  });

  it('links to policies of ours, not to AWS’s own', () => {
    const base = {
      ...node,
      PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::111122223333:policy/Boundary' },
    };
    const attachedPolicies = [OURS, AWS_OWN].map((arn) => ({ arn, name: 'x', document: null }));
    expect(lines(role.links?.(base, { attachedPolicies }, at) ?? [])).toEqual([
      'attached policy → policy team/Payments in global',
      'permissions boundary → policy Boundary in global',
    ]);
  });

  it('reads the default version of each policy of ours that is attached', async () => {
    const reader = fakeReader({
      'iam:ListAttachedRolePolicies': () => ({
        AttachedPolicies: [
          { PolicyArn: AWS_OWN, PolicyName: 'AmazonEKSWorkerNodePolicy' },
          { PolicyArn: OURS, PolicyName: 'Payments' },
        ],
      }),
      'iam:GetPolicy': () => ({ Policy: { DefaultVersionId: 'v2' } }),
      'iam:GetPolicyVersion': () => ({ PolicyVersion: { Document: encoded(allow) } }),
    });
    expect(await role.facets.attachedPolicies.read(reader, node, at, [])).toEqual({
      outcome: 'found',
      began: 1,
      value: [
        { arn: AWS_OWN, name: 'AmazonEKSWorkerNodePolicy', document: null },
        { arn: OURS, name: 'Payments', document: allow },
      ],
    });
    expect(reader.calls).toEqual([
      ['iam:ListAttachedRolePolicies', { RoleName: 'payments-node' }],
      ['iam:GetPolicy', { PolicyArn: OURS }],
      ['iam:GetPolicyVersion', { PolicyArn: OURS, VersionId: 'v2' }],
    ]);
  });

  it.each([
    ['the list refused', { 'iam:ListAttachedRolePolicies': 'refused' }, 'refused'],
    ['no list', { 'iam:ListAttachedRolePolicies': {} }, 'malformed'],
    ['an entry without its ARN', { 'iam:ListAttachedRolePolicies': { AttachedPolicies: [{}] } }, 'malformed'],
    ['a policy gone meanwhile', { 'iam:GetPolicy': 'gone' }, 'gone'],
    ['a policy without a default version', { 'iam:GetPolicy': { Policy: {} } }, 'malformed'],
    ['a version throttled', { 'iam:GetPolicyVersion': 'unavailable' }, 'unavailable'],
    ['a version without its document', { 'iam:GetPolicyVersion': {} }, 'malformed'],
  ])('never has fewer policies than are attached: %s', async (_, changed, outcome) => {
    const answers = {
      'iam:ListAttachedRolePolicies': { AttachedPolicies: [{ PolicyArn: OURS, PolicyName: 'Payments' }] },
      'iam:GetPolicy': ({ PolicyArn }: { PolicyArn: string }) =>
        PolicyArn === OURS ? { Policy: { DefaultVersionId: 'v1' } } : 'gone',
      'iam:GetPolicyVersion': { PolicyVersion: { Document: encoded(allow) } },
      ...changed,
    };
    const made = Object.fromEntries(
      Object.entries(answers).map(([action, answer]) => [action, typeof answer === 'function' ? answer : () => answer]),
    );
    const read = await role.facets.attachedPolicies.read(fakeReader(made), node, at, []);
    expect([read.outcome, read.began]).toEqual([outcome, 1]);
  });

  it('decodes its inline policies', async () => {
    const reader = fakeReader({
      'iam:ListRolePolicies': () => ({ PolicyNames: ['read'] }),
      'iam:GetRolePolicy': () => ({ RoleName: 'r', PolicyName: 'read', PolicyDocument: encoded(allow) }),
    });
    expect(await role.facets.inlinePolicies.read(reader, node, at, [])).toEqual({
      outcome: 'found',
      began: 1,
      value: [{ name: 'read', document: allow }],
    });
  });

  it.each([
    ['the list refused', { 'iam:ListRolePolicies': 'refused' }, 'refused'],
    ['no list', { 'iam:ListRolePolicies': {} }, 'malformed'],
    ['a policy refused', { 'iam:GetRolePolicy': 'refused' }, 'refused'],
    ['a document that is no JSON', { 'iam:GetRolePolicy': { PolicyDocument: 'oops' } }, 'malformed'],
    ['no document', { 'iam:GetRolePolicy': {} }, 'malformed'],
  ])('never has fewer inline policies than there are: %s', async (_, changed, outcome) => {
    const answers = { 'iam:ListRolePolicies': { PolicyNames: ['read'] }, ...changed };
    const made = Object.fromEntries(Object.entries(answers).map(([action, answer]) => [action, () => answer]));
    const read = await role.facets.inlinePolicies.read(fakeReader(made), node, at, []);
    expect([read.outcome, read.began]).toEqual([outcome, 1]);
  });

  it('knows the issuers of its account', async () => {
    const answer = (OpenIDConnectProviderList?: { Arn?: string }[]) =>
      fakeReader({ 'iam:ListOpenIDConnectProviders': () => ({ OpenIDConnectProviderList }) });
    const read = (reader: ReturnType<typeof fakeReader>) => role.facets.oidcProviders.read(reader, node, at, []);
    expect(await read(answer([{ Arn: PROVIDER }, {}]))).toEqual({
      outcome: 'found',
      began: 1,
      value: ['oidc.eks.eu-west-1.amazonaws.com/id/0123ABCD'],
    });
    expect(await read(answer())).toEqual(lacking('iam:ListOpenIDConnectProviders', 1));
    expect(await read(fakeReader({ 'iam:ListOpenIDConnectProviders': () => 'refused' }))).toEqual(
      unread('refused', 'iam:ListOpenIDConnectProviders', 1),
    );
  });
});
