import { describe, expect, it } from 'vitest';
import { aSample } from '../../support/samples.ts';
import { type Bench, FIXED } from '../bench.ts';
import {
  addClusters,
  annaDoes,
  clusterOf,
  groupOf,
  NAMES,
  openEndpoint,
  pushImage,
  scanImage,
  setLogging,
} from '../estate.ts';
import { OWN, REGION } from '../place.ts';
import { type Stack, until } from '../stack.ts';

type Fields = Record<string, unknown>;

const PUBLIC = 'eks-endpoint-public-cidrs';

/** The posts that Slack's stand-in got about a name. */
const postsAbout = ({ slack }: Stack, name: string) =>
  slack.posts.map(({ body }) => JSON.stringify(body)).filter((text) => text.includes(name));

const inState = (stack: Stack, control: string, cluster: string, state: string, seconds = 120) =>
  until(
    `${control} of ${cluster} ${state}`,
    async () => {
      const finding = await stack.finding(control, clusterOf(cluster));
      return finding?.state === state && finding;
    },
    seconds,
  );

/** From an event on the bus to what people see. */
export function eventScenarios(here: () => Bench): void {
  describe.concurrent('through the deployed queues, streams and functions', () => {
    it('a cluster that is opened becomes a finding, and a post that names who did it', async () => {
      const { stack } = here();
      addClusters(stack.audited.cloud, ['orders']);
      openEndpoint(stack.audited.cloud, 'orders');
      expect(await inState(stack, PUBLIC, 'orders', 'open')).toMatchObject({
        severity: 'critical',
        cause: { event: 'eks:UpdateClusterConfig', actor: { person: 'anna@example.com', channel: 'cli' } },
      });
      const post = await until('a post', () => postsAbout(stack, 'orders')[0]);
      expect(post).toContain('anna@example.com');
    });

    it('logging that is switched off is switched on again, and the finding closes only after a fresh look', async () => {
      const { stack } = here();
      const { cloud } = stack.audited;
      addClusters(cloud, ['ledger']);
      setLogging(cloud, 'ledger', false);
      await inState(stack, FIXED, 'ledger', 'fixing');
      await inState(stack, FIXED, 'ledger', 'closed', 120);
      const { clusterLogging } = cloud.account(OWN).regions[REGION]?.clusters?.ledger?.logging ?? {};
      expect(clusterLogging).toContainEqual(
        expect.objectContaining({ enabled: true, types: expect.arrayContaining(['audit']) }),
      );
      const rows = await stack.rowsOf(clusterOf('ledger'));
      expect(rows.filter(({ sk }) => sk.startsWith('fix#'))).toHaveLength(1);
    });

    it('a security group that is opened is found on the clusters behind it', async () => {
      const { stack } = here();
      const { cloud } = stack.audited;
      addClusters(cloud, ['gateway']);
      const group = { kind: 'security-group', id: groupOf('gateway'), account: OWN, region: REGION } as const;
      await stack.put(anEventAbout('gateway'));
      await until('the look that finds its links', async () => (await stack.state(clusterOf('gateway')))?.links.length);
      const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
      annaDoes(cloud, 'ec2:AuthorizeSecurityGroupIngress', { GroupId: groupOf('gateway'), IpPermissions });
      const state = await until('an open finding of the group', async () => {
        const known = await stack.state(group);
        return known && Object.values(known.findings).some((finding) => finding.state === 'open') && known;
      });
      expect(state.clusters).toEqual(['gateway']);
    });

    it('an image that is pushed is judged: unknown until it is scanned, open with what the scan found', async () => {
      const { stack } = here();
      const digest = `sha256:${'5'.repeat(64)}`;
      const image = { kind: 'image', id: `${NAMES.repository}@${digest}`, account: OWN, region: REGION } as const;
      const stateOfIt = async () => (await stack.state(image))?.findings['image-vulnerabilities']?.state;
      pushImage(stack.audited.cloud, digest);
      const pushed = { imageId: { imageDigest: digest, imageTag: '2026.11.2' }, repositoryName: NAMES.repository };
      await stack.put(aSample('ecr-PutImage', { responseElements: { image: pushed } }) as unknown as Fields);
      await until('a look at the pushed image', async () => (await stateOfIt()) === 'unsure');
      scanImage(stack.audited.cloud, digest, 'CRITICAL');
      const scanned = { 'repository-name': NAMES.repository, 'image-digest': digest };
      await stack.put(aSample('ecr-ImageScan', scanned) as unknown as Fields);
      await until('the verdict on the scanned image', async () => (await stateOfIt()) === 'open');
    });

    it('the same event ten times is one finding and one notice', async () => {
      const { stack } = here();
      addClusters(stack.audited.cloud, ['invoices'], { deletionProtection: false });
      const event = anEventAbout('invoices');
      await Promise.all(Array.from({ length: 10 }, () => stack.put(event)));
      await inState(stack, 'eks-deletion-protection', 'invoices', 'open');
      await until('the post', () => postsAbout(stack, 'invoices')[0]);
      await until('every event', async () => (await stack.messages('ChangesQueue')).waiting === 0);
      const notices = stack.wire.calls.filter(
        ({ action, body }) => action === 'sns:Publish' && body.includes('invoices'),
      );
      expect([notices.length, postsAbout(stack, 'invoices').length]).toEqual([1, 1]);
    });

    it('a forged event is refused, and nothing is read because of it', async () => {
      const { stack } = here();
      addClusters(stack.audited.cloud, ['forged'], { deletionProtection: false });
      const event = anEventAbout('forged');
      await stack.put({ ...event, source: 'custom.somebody' });
      await stack.put({ ...event, detail: { ...event.detail, recipientAccountId: '999999999999' } });
      await stack.put(anEventAbout('after-forged'));
      await until('the event behind them', () =>
        stack.state(clusterOf('after-forged')).then((state) => state ?? gone(stack, 'after-forged')),
      );
      expect(await stack.state(clusterOf('forged'))).toBeUndefined();
      expect(readsOf(stack, 'forged')).toEqual([]);
    });
  });
}

const readsOf = ({ audited }: Stack, name: string) =>
  audited.cloud.calls().filter(({ action, input }) => action === 'eks:DescribeCluster' && input.name === name);

const gone = (stack: Stack, name: string) => readsOf(stack, name)[0];

let serial = 0;

/** Somebody tagged a cluster: an event without anything that changed by it. */
export function anEventAbout(cluster: string) {
  serial += 1;
  const eventID = `0e5e0000-0000-4000-8000-${String(serial).padStart(12, '0')}`;
  const eventTime = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const sample = aSample('eks-UpdateClusterConfig', { eventID, eventTime });
  const requestParameters = { ...(sample.detail.requestParameters as object), name: cluster };
  return { ...sample, id: eventID, time: eventTime, detail: { ...sample.detail, requestParameters } };
}
