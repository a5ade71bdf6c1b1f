import { expect, it } from 'vitest';
import { awsSession } from '../../shared/aws/session.ts';
import type { Listed } from '../../shared/resources/kind.ts';
import { KINDS, kindOf } from '../../shared/resources/kinds.ts';
import type { KindName } from '../../shared/resources/resource.ts';
import { namesOf } from '../support/cloud/audited/index.ts';
import { ACCOUNT, aCloud, REGION } from '../support/cloud/audited/testing.ts';

const names = namesOf(ACCOUNT, REGION);

/** Asks for everything of one kind, in pages of two. */
async function listed(
  kind: KindName,
  prepare: (cloud: Awaited<ReturnType<typeof aCloud>>) => void = () => undefined,
): Promise<Listed | undefined> {
  const cloud = await aCloud({ mostPerPage: 2 });
  prepare(cloud);
  const sdk = { endpoint: cloud.url, credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'sample' } };
  const session = awsSession({ home: { account: ACCOUNT, region: REGION }, client: { sdk } });
  const { listing, global } = kindOf(kind);
  const found = await listing?.list(session.batch().reader(ACCOUNT, global ? 'global' : REGION));
  await cloud.stop();
  return found;
}

it.each<[KindName, string[]]>([
  ['account-region', [REGION]],
  ['cluster', ['payments']],
  ['nodegroup', ['payments/workers']],
  ['repository', [names.repository]],
  ['image', [`${names.repository}@${names.digest}`]],
  ['trail', [names.trail]],
  ['role', ['payments-app', 'payments-cluster', 'payments-node']],
  ['policy', ['payments-queue']],
])('lists every resource of kind %s, page after page', async (kind, ids) => {
  const found = await listed(kind);
  expect([found?.ids, found?.unread]).toEqual([ids, []]);
});

it('every kind that is judged whether or not it is used has a listing', () => {
  const without = KINDS.filter(({ judged, base, listing }) => judged === 'every' && base && !listing);
  expect(without.map(({ kind }) => kind)).toEqual([]);
});

it('H-04: a page that fails leaves the listing incomplete, with why', async () => {
  const secondPage = Buffer.from('details:2').toString('base64url');
  const found = await listed('role', (cloud) => {
    cloud.fault({ when: { action: 'iam:GetAccountAuthorizationDetails', id: secondPage }, answer: 'denied' });
  });
  expect(found).toEqual({
    ids: [],
    unread: [expect.objectContaining({ outcome: 'refused', action: 'iam:GetAccountAuthorizationDetails' })],
  });
});

it('one cluster that cannot be asked for its node groups leaves the others listed', async () => {
  const found = await listed('nodegroup', (cloud) => {
    const cluster = cloud.account(ACCOUNT).regions[REGION]?.clusters?.payments;
    cloud.change(ACCOUNT, { regions: { [REGION]: { clusters: { closed: { ...cluster, name: 'closed' } } } } });
    cloud.fault({ when: { action: 'eks:ListNodegroups', id: 'closed' }, answer: 'denied' });
  });
  expect([found?.ids, found?.unread.map(({ outcome }) => outcome)]).toEqual([['payments/workers'], ['refused']]);
});

it('roles of AWS services are not listed', async () => {
  const found = await listed('role', (cloud) =>
    cloud.change(ACCOUNT, {
      iam: {
        roles: {
          AWSServiceRoleForAmazonEKS: {
            ...cloud.account(ACCOUNT).iam.roles?.['payments-app'],
            RoleName: 'AWSServiceRoleForAmazonEKS',
            Path: '/aws-service-role/eks.amazonaws.com/',
          },
        },
      },
    }),
  );
  expect(found?.ids).not.toContain('AWSServiceRoleForAmazonEKS');
});

it('an image counts while it has a tag, or was pushed lately', async () => {
  const digest = (at: number) => `sha256:${String(at).repeat(64)}`;
  const found = await listed('image', (cloud) => {
    const image = cloud.account(ACCOUNT).regions[REGION]?.images?.[`${names.repository}@${names.digest}`];
    const images = {
      [`${names.repository}@${digest(1)}`]: {
        ...image,
        imageDigest: digest(1),
        imageTags: null,
        imagePushedAt: '2020-01-01T00:00:00.000Z',
      },
      [`${names.repository}@${digest(2)}`]: {
        ...image,
        imageDigest: digest(2),
        imageTags: null,
        imagePushedAt: new Date().toISOString(),
      },
    };
    cloud.change(ACCOUNT, { regions: { [REGION]: { images } } });
  });
  expect(found?.ids).toEqual([`${names.repository}@${names.digest}`, `${names.repository}@${digest(2)}`]);
  expect(found?.seeds?.map(({ id }) => id)).toEqual(found?.ids);
});
