import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BUS_NAME, type BusPolicy, type BusStatement, busPolicy } from '../../shared/deployment/bus-policy.ts';
import { collectorTemplate } from '../../shared/derive/collector.ts';
import { filledIn, type Installation } from '../support/filled-in.ts';

const HUB = '444455556666';
const MEMBER = '111122223333';
const STRANGER = '999988887777';
const ORGANISATION = 'o-a1b2c3d4e5';

interface Sender {
  account: string;
  role: string;
  organisation?: string;
}

const collector = (account: string, path = '/', partition = 'aws'): Sender => ({
  account,
  role: `arn:${partition}:iam::${account}:role${path}eks-warden-collector/StackSet-collector-DeliveryRole-1A2B`,
});

const fits = (pattern: string, text: string) =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[^\w]/g, '\\$&'))
      .join('.*')}$`,
  ).test(text);

/** As IAM decides over the statements that the hub's template makes of them. */
function mayPut(policy: BusPolicy, { account, role, organisation }: Sender, partition = 'aws'): boolean {
  const at: Installation = { partition, region: 'eu-west-1', account: HUB };
  const bus = { Type: 'AWS::Events::EventBus', Properties: { Policy: policy } };
  const { Policy } = filledIn({ ...collectorTemplate([]), Resources: { bus } }, at).bus?.Properties ?? {};
  const holds = ({ Principal, Condition, Resource }: BusStatement) =>
    (Principal === '*' || Principal.AWS.includes(account)) &&
    String(Resource) === `arn:${partition}:events:eu-west-1:${HUB}:event-bus/eks-warden-events` &&
    fits(String(Condition.ArnLike?.['aws:PrincipalArn']), role) &&
    (Condition.StringEquals?.['aws:PrincipalOrgID'] ?? organisation) === organisation;
  return (Policy as BusPolicy).Statement.some((statement) => statement.Effect === 'Allow' && holds(statement));
}

const own = { rolePath: '/' };

it('K-01: collectors of our own account and of those in the baseline may put events, and nobody else', () => {
  const policy = busPolicy(own, [MEMBER]);
  const asked = {
    own: mayPut(policy, collector(HUB)),
    member: mayPut(policy, collector(MEMBER)),
    stranger: mayPut(policy, collector(STRANGER)),
    'another role of the member': mayPut(policy, { account: MEMBER, role: `arn:aws:iam::${MEMBER}:role/admin` }),
    'a role that is only called so': mayPut(policy, {
      account: MEMBER,
      role: `arn:aws:iam::${MEMBER}:role/eks-warden-collector`,
    }),
    'a user': mayPut(policy, { account: MEMBER, role: `arn:aws:iam::${MEMBER}:user/eks-warden-collector/anna` }),
  };
  expect(asked).toEqual({
    own: true,
    member: true,
    stranger: false,
    'another role of the member': false,
    'a role that is only called so': false,
    'a user': false,
  });
});

it('K-01: with an organisation its collectors may, and no account outside of it', () => {
  const policy = busPolicy({ ...own, organization: ORGANISATION }, [MEMBER]);
  const from = (organisation?: string) =>
    mayPut(policy, { ...collector(STRANGER), ...(organisation ? { organisation } : {}) });
  expect([from(ORGANISATION), from('o-another0000'), from()]).toEqual([true, false, false]);
  expect(mayPut(policy, collector(HUB))).toBe(true);
});

it.each(['aws', 'aws-us-gov', 'aws-cn'])('takes collectors on the role path of the deployment, in %s', (partition) => {
  const policy = busPolicy({ rolePath: '/security/' }, [MEMBER]);
  expect(mayPut(policy, collector(MEMBER, '/security/', partition), partition)).toBe(true);
  expect(mayPut(policy, collector(MEMBER, '/', partition), partition)).toBe(false);
});

it('S-06: what does not come over TLS is denied, and the public is never let in', () => {
  const policy = busPolicy({ ...own, organization: ORGANISATION }, [MEMBER]);
  expect(policy.Statement.filter(({ Effect }) => Effect === 'Deny')).toEqual([
    expect.objectContaining({
      Principal: '*',
      Action: 'events:PutEvents',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  ]);
  const open = policy.Statement.filter(({ Effect, Principal }) => Effect === 'Allow' && Principal === '*');
  expect(open.map(({ Condition }) => Condition.StringEquals)).toEqual([{ 'aws:PrincipalOrgID': ORGANISATION }]);
});

it('the policy names the bus as serverless.yml does', () => {
  const [, name] =
    /Type: AWS::Events::EventBus\n\s+Properties:\n\s+Name: !Sub (\S+)\n/.exec(readFileSync('serverless.yml', 'utf8')) ??
    [];
  expect(BUS_NAME).toBe(name);
});

it('more accounts than the policy of a bus can name are a mistake that says what to do', () => {
  const accounts = (count: number) => Array.from({ length: count }, (_, at) => String(111_122_220_000 + at));
  expect(() => busPolicy(own, accounts(500))).not.toThrow();
  expect(() => busPolicy(own, accounts(800))).toThrow(
    'The bus cannot name 800 accounts one by one: give the organisation as `organization` in deploy.yml.',
  );
  expect(() => busPolicy({ ...own, organization: ORGANISATION }, accounts(800))).not.toThrow();
});
