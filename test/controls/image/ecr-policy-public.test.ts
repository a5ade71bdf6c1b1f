import control from '../../../shared/controls/image/ecr-policy-public.ts';
import type { Json } from '../../../shared/resources/json.ts';
import { aRepository } from '../../support/builders.ts';
import { testControl } from '../../support/test-control.ts';

const PULL = ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'];
const withPolicy = (...statements: Json[]) =>
  aRepository({ facets: { policy: { Version: '2012-10-17', Statement: statements } } });
const statement = (more: Json): Json => ({ Sid: 'Pull', Effect: 'Allow', Action: PULL, ...more });
const anyone = (Condition?: Json) => statement({ Principal: '*', ...(Condition ? { Condition } : {}) });
const partner = statement({ Sid: 'Partner', Principal: { AWS: 'arn:aws:iam::444455556666:root' } });
const when = (operator: string, key: string, value: string | string[]) =>
  withPolicy(anyone({ [operator]: { [key]: value } }));
const open = (statements = 'Pull') => ({ message: 'public' as const, data: { statements } });
const allBut = (statements = 'Pull') => ({ message: 'allButSome' as const, data: { statements } });
const ORG = 'o-a1b2c3d4e5';

testControl(control, {
  passes: {
    'no policy: only IAM of the account decides': { subject: aRepository() },
    'one other account': { subject: withPolicy(partner) },
    'a bare account id': { subject: withPolicy(statement({ Principal: { AWS: '444455556666' } })) },
    'a service of AWS': { subject: withPolicy(statement({ Principal: { Service: 'codebuild.amazonaws.com' } })) },
    'a policy without statements': { subject: withPolicy() },
    'everyone is denied': { subject: withPolicy(statement({ Effect: 'Deny', Principal: '*' })) },
    'everyone of an organisation': { subject: when('StringEquals', 'aws:PrincipalOrgID', ORG) },
    'everyone of our organisation': {
      subject: when('StringEquals', 'aws:PrincipalOrgID', [ORG]),
      params: { orgId: ORG },
    },
    'everyone of the organisation of the repository': {
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable of IAM, which is written so.
      subject: when('StringEquals', 'aws:PrincipalOrgID', '${aws:ResourceOrgID}'),
      params: { orgId: ORG },
    },
    'everyone in one unit of an organisation': {
      subject: when('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', `${ORG}/r-ab12/ou-ab12-*`),
    },
    'one role, by a condition': {
      subject: when('ArnEquals', 'aws:PrincipalArn', 'arn:aws:iam::444455556666:role/puller'),
    },
    'two accounts, by a condition': {
      subject: when('StringEquals', 'aws:PrincipalAccount', ['444455556666', '777788889999']),
    },
    'one VPC endpoint': { subject: when('StringEquals', 'aws:SourceVpce', 'vpce-0a1b2c3d4e5f60718') },
    'one VPC': { subject: when('StringEquals', 'aws:sourceVpc', 'vpc-0a1b2c3d4e5f60718') },
    'the network of an office': { subject: when('IpAddress', 'aws:SourceIp', ['203.0.113.0/24', '2001:db8:1::/48']) },
  },

  notApplicable: {
    'public, as the baseline lets it be': {
      subject: withPolicy(anyone()),
      params: { allowPublicRepos: ['payments-*'] },
    },
  },

  unforeseen: {
    'U-01: a statement that names nobody': {
      subject: withPolicy(statement({})),
      field: 'The control could not judge what it read: statement 1 of the policy names nobody.',
    },
    'U-01: an effect that nobody knows': {
      subject: withPolicy(statement({ Effect: 'Permit', Principal: '*' })),
      field: 'The control could not judge what it read: statement 1 of the policy neither allows nor denies.',
    },
  },

  fails: {
    everyone: { subject: withPolicy(anyone()), ...open() },
    'everyone, as principals of AWS': { subject: withPolicy(statement({ Principal: { AWS: '*' } })), ...open() },
    'everyone among others': {
      subject: withPolicy(statement({ Principal: { AWS: ['444455556666', '*'] } })),
      ...open(),
    },
    'a statement by itself, not in a list': {
      subject: aRepository({
        facets: { policy: { Version: '2008-10-17', Statement: { ...anyone(), Sid: undefined } } },
      }),
      ...open('statement 1'),
    },
    'everyone beside a partner, who keeps the access': { subject: withPolicy(partner, anyone()), ...open() },
    'everyone but one account': {
      subject: withPolicy(statement({ NotPrincipal: { AWS: '444455556666' } })),
      ...allBut(),
    },
    'everyone but one account, under a condition': {
      subject: withPolicy(
        statement({
          NotPrincipal: { AWS: '444455556666' },
          Condition: { StringEquals: { 'aws:PrincipalOrgID': ORG } },
        }),
      ),
      ...allBut(),
    },
    'everyone, and everyone but one': {
      subject: withPolicy(anyone(), partner, statement({ Sid: 'Rest', NotPrincipal: { AWS: '444455556666' } })),
      ...open(),
      also: [allBut('Rest')],
    },
    'an organisation that may be missing': {
      subject: when('StringEqualsIfExists', 'aws:PrincipalOrgID', ORG),
      ...open(),
    },
    'all values of an organisation, of which there may be none': {
      subject: when('ForAllValues:StringEquals', 'aws:PrincipalOrgID', ORG),
      ...open(),
    },
    'all organisations but one': { subject: when('StringNotEquals', 'aws:PrincipalOrgID', ORG), ...open() },
    'any organisation': { subject: when('StringLike', 'aws:PrincipalOrgID', 'o-*'), ...open() },
    'any path of any organisation': {
      subject: when('ForAnyValue:StringLike', 'aws:PrincipalOrgPaths', 'o-*/r-ab12/*'),
      ...open(),
    },
    'another organisation than ours': {
      subject: when('StringEquals', 'aws:PrincipalOrgID', [ORG, 'o-z9y8x7w6v5']),
      params: { orgId: ORG },
      ...open(),
    },
    'any role, by a wildcard': {
      subject: when('ArnLike', 'aws:PrincipalArn', 'arn:aws:iam::*:role/puller'),
      ...open(),
    },
    'half of the internet by address': {
      subject: when('IpAddress', 'aws:SourceIp', ['203.0.113.0/24', '0.0.0.0/1']),
      ...open(),
    },
    'all but one network': { subject: when('NotIpAddress', 'aws:SourceIp', '203.0.113.0/24'), ...open() },
    'a condition that everyone meets': { subject: when('Bool', 'aws:SecureTransport', 'true'), ...open() },
    'a repository with a name like one that may be public': {
      subject: withPolicy(anyone()),
      params: { allowPublicRepos: ['api', 'payments'] },
      ...open(),
    },
  },
});
