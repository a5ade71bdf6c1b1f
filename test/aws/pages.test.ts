import { afterEach, expect, it } from 'vitest';
import type { ReadAction } from '../../shared/aws/actions.ts';
import { allPages, PAGES } from '../../shared/aws/pages.ts';
import { loadService, SERVICES } from '../../shared/aws/services.ts';
import { awsSession } from '../../shared/aws/session.ts';
import { awsError, json, type ScriptedAws, scriptedAws } from '../support/scripted-aws.ts';

let server: ScriptedAws | undefined;
afterEach(() => server?.stop());

const TOKENS = ['nextToken', 'NextToken', 'NextMarker', 'Marker'];
type Shape = readonly [number, string, string, unknown, readonly string[]];
type Operation = readonly [number, string, string, unknown, () => Shape, () => Shape];

const resolved = (shape: Shape | (() => Shape)): Shape => (typeof shape === 'function' ? shape() : shape);

/** The members of question and answer of every read, as the SDK's own schemas have them. */
async function members(): Promise<[string, readonly string[], readonly string[]][]> {
  const services = await Promise.all(SERVICES.map(async (service) => [service, await loadService(service)] as const));
  return services.flatMap(([service, { reads }]) =>
    Object.entries(reads).map(([operation, Command]): [string, readonly string[], readonly string[]] => {
      const { schema } = new Command({}) as { schema: Operation };
      return [`${service}:${operation}`, resolved(schema[4])[4], resolved(schema[5])[4]];
    }),
  );
}

it('every read whose answer may have a token is read page by page, by the names that the SDK has', async () => {
  const paged = (await members()).flatMap(([action, asks, answers]) => {
    const next = answers.filter((member) => TOKENS.includes(member));
    if (next.length === 0) return [];
    const lists = PAGES[action as ReadAction]?.lists.map((path) => path.split('.')[0] ?? '') ?? [];
    const known = lists.length > 0 && lists.every((list) => answers.includes(list));
    return [[action, { ask: asks.find((member) => TOKENS.includes(member)), next: next[0], known }]];
  });
  const table = Object.entries(PAGES).map(([action, { ask, next }]) => [action, { ask, next, known: true }]);
  expect(Object.fromEntries(paged)).toEqual(Object.fromEntries(table));
});

it('gives all pages as one answer, without tokens', async () => {
  server = await scriptedAws(({ path }) => {
    const token = new URL(path, 'http://x').searchParams.get('nextToken');
    if (token === null) return json({ clusterVersions: [{ clusterVersion: '1.31' }], nextToken: 'b' });
    return json({ clusterVersions: [{ clusterVersion: '1.32' }], ...(token === 'b' ? { nextToken: 'c' } : {}) });
  });
  const aws = awsSession({
    home: { account: '111122223333', region: 'eu-west-1' },
    now: () => 3,
    client: { sdk: server.client },
  });
  const batch = aws.batch();
  const read = await batch
    .reader('111122223333', 'eu-west-1')
    .read('eks:DescribeClusterVersions', { includeAll: true });
  const clusterVersions = ['1.31', '1.32', '1.32'].map((clusterVersion) => ({ clusterVersion }));
  expect(read).toEqual({ outcome: 'found', value: { clusterVersions }, began: 3 });
  expect([...batch.calls()]).toEqual([['eks:DescribeClusterVersions', 3]]);
});

it('H-04: an error on a later page is the whole answer', async () => {
  server = await scriptedAws((_, nth) =>
    nth === 1
      ? json({ repositories: [{}], nextToken: 'b' })
      : awsError('ecr:DescribeRepositories', 400, 'AccessDenied'),
  );
  const aws = awsSession({
    home: { account: '111122223333', region: 'eu-west-1' },
    client: { sdk: server.client },
  });
  const read = await aws.batch().reader('111122223333', 'eu-west-1').read('ecr:DescribeRepositories', {});
  expect(read.outcome).toBe('refused');
});

it('H-04: a token that comes back is cut', async () => {
  server = await scriptedAws((_, nth) => json({ findings: [], nextToken: ['a', 'b', 'a', 'b'][nth - 1] }));
  const aws = awsSession({
    home: { account: '111122223333', region: 'eu-west-1' },
    now: () => 3,
    client: { sdk: server.client },
  });
  const read = await aws.batch().reader('111122223333', 'eu-west-1').read('inspector2:ListFindings', {});
  const why = 'The pages of inspector2:ListFindings do not end.';
  expect(read).toEqual({ outcome: 'malformed', began: 3, action: 'inspector2:ListFindings', why });
  expect(server.asked).toHaveLength(3);
});

it('H-04: a token that is always new is cut too', async () => {
  let asked = 0;
  const pages = allPages('ec2:DescribeSubnets', {}, async () => ({ Subnets: [], NextToken: `t${++asked}` }));
  expect(await pages).toBeUndefined();
  expect(asked).toBe(1000);
});

it('joins lists that stand inside an object, and leaves out those that no page has', async () => {
  const answers = [
    { imageId: 'x', imageScanFindings: { findings: [1], counts: { HIGH: 2 } }, nextToken: 'b' },
    { imageId: 'x', imageScanFindings: { findings: [2] } },
  ];
  const pages = allPages('ecr:DescribeImageScanFindings', {}, async () => answers.shift() ?? {});
  expect(await pages).toEqual({ imageId: 'x', imageScanFindings: { findings: [1, 2], counts: { HIGH: 2 } } });
  expect(await allPages('ec2:DescribeSubnets', {}, async () => ({}))).toEqual({});
});

it('keeps the flag of IAM that says that more is to come out of the answer', async () => {
  const answers = [
    { PolicyNames: ['a'], IsTruncated: true, Marker: 'm' },
    { PolicyNames: ['b'], IsTruncated: false },
  ];
  const asked: unknown[] = [];
  const pages = allPages('iam:ListRolePolicies', { RoleName: 'r' }, async (input) => {
    asked.push(input);
    return answers.shift() ?? {};
  });
  expect(await pages).toEqual({ PolicyNames: ['a', 'b'] });
  expect(asked).toEqual([{ RoleName: 'r' }, { RoleName: 'r', Marker: 'm' }]);
});
