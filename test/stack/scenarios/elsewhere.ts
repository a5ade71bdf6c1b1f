import { describe, expect, it } from 'vitest';
import { aSample } from '../../support/samples.ts';
import type { Bench } from '../bench.ts';
import { annaDoes, NAMES, openEndpoint } from '../estate.ts';
import { openGroup } from '../moto-account.ts';
import { MEMBER, OWN, REGION } from '../place.ts';
import { until } from '../stack.ts';

/** What happens in other regions and accounts reaches the hub by its collectors. */
export function elsewhereScenarios(here: () => Bench): void {
  describe.concurrent('from other regions and accounts', () => {
    it('W-05: an IAM edit, whose event occurs in us-east-1, becomes a finding of the hub in eu-west-1', async () => {
      const { stack } = here();
      const PolicyDocument = JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
      });
      annaDoes(stack.audited.cloud, 'iam:PutRolePolicy', {
        RoleName: NAMES.nodeRole,
        PolicyName: 'all',
        PolicyDocument,
      });
      const role = { kind: 'role', id: NAMES.nodeRole, account: OWN, region: 'global' } as const;
      const finding = await until(
        'the finding',
        async () => {
          const known = await stack.finding('iam-node-role', role);
          return known?.state === 'open' && known;
        },
        150,
      );
      expect(finding.cause).toMatchObject({ event: 'iam:PutRolePolicy', actor: { person: 'anna@example.com' } });
    });

    it('a change in another account is read through its role there', async () => {
      const { stack } = here();
      openEndpoint(stack.audited.cloud, NAMES.cluster, MEMBER);
      const cluster = { kind: 'cluster', id: NAMES.cluster, account: MEMBER, region: REGION } as const;
      await until(
        'the finding',
        async () => (await stack.finding('eks-endpoint-public-cidrs', cluster))?.state === 'open',
        150,
      );
      const roles = stack.wire.calls.filter(
        ({ action, account }) => action === 'eks:DescribeCluster' && account === MEMBER,
      );
      expect([...new Set(roles.map(({ role }) => role.split(':').at(-1)))]).toEqual(['role/eks-warden-read']);
    });

    it('a security group that is opened in another account is found on the cluster behind it', async () => {
      const { stack } = here();
      await openGroup(stack.member);
      const sample = aSample('ec2-AuthorizeSecurityGroupIngress', { recipientAccountId: MEMBER });
      const requestParameters = { ...(sample.detail.requestParameters as object), groupId: stack.member.group };
      const detail = { ...sample.detail, requestParameters, responseElements: null };
      await stack.put({ ...sample, account: MEMBER, detail });
      const group = { kind: 'security-group', id: stack.member.group, account: MEMBER, region: REGION } as const;
      const state = await until(
        'the finding',
        async () => {
          const known = await stack.state(group);
          return known?.findings['node-sg-ingress']?.state === 'open' && known;
        },
        150,
      );
      expect(state.clusters).toEqual([NAMES.cluster]);
    });

    it("what moto answers is understood: nothing of the other account's cluster is unsure", async () => {
      const { stack } = here();
      const cluster = { kind: 'cluster', id: NAMES.cluster, account: MEMBER, region: REGION } as const;
      const { findings } = await until('the look of the first sweep', () => stack.state(cluster));
      const unsure = Object.entries(findings).filter(([, { state, unreadSince }]) => state === 'unsure' || unreadSince);
      expect(unsure.map(([control]) => control)).toEqual([]);
    });
  });
}
