import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Running, startServer } from '../../stack/emulator/process.ts';
import { CACHE } from './estate.ts';
import { busiest, leastFor } from './pace.ts';
import type { Counts } from './traffic.ts';

const LONG_AGO = 'Thu, 01 Jan 2026 00:00:00 GMT';
const asked: string[] = [];
const moto = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  const isBroken = request.url === '/clusters/broken';
  response.writeHead(isBroken ? 500 : 200, { 'x-told': 'by moto', date: LONG_AGO });
  response.end(JSON.stringify({ cluster: { name: 'a', encryptionConfig: [], resourcesVpcConfig: { subnetIds: [] } } }));
});
let proxy: Running;
beforeAll(async () => {
  await new Promise<void>((resolve) => moto.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(moto.address() as AddressInfo).port}`;
  proxy = await startServer({
    name: 'The proxy',
    command: process.execPath,
    args: (port) => [join(import.meta.dirname, 'proxy.ts'), '--port', String(port), '--moto', url],
    environment: () => process.env,
    path: '/_counts',
    log: join(CACHE, 'proxy-test.log'),
  });
});
afterAll(async () => {
  await proxy.stop();
  moto.close();
});

const EKS = { authorization: 'AWS4-HMAC-SHA256 Credential=sample/20261121/eu-west-1/eks/aws4_request, and more' };
const get = (path: string, headers: Record<string, string> = EKS) => fetch(proxy.url + path, { headers });
const counts = async (path = '/_counts') => (await (await get(path)).json()) as Counts;

it('counts calls by their action, remembers what was read, and fills what moto lacks', async () => {
  await counts('/_reset');
  asked.length = 0;
  const lost = { '/clusters/a': { cluster: { deletionProtection: true, resourcesVpcConfig: { vpcId: 'vpc-1' } } } };
  await fetch(`${proxy.url}/_lost`, { method: 'POST', body: JSON.stringify(lost) });
  const first = await get('/clusters/a');
  const second = await get('/clusters/a');
  const cluster = { name: 'a', deletionProtection: true, resourcesVpcConfig: { subnetIds: [], vpcId: 'vpc-1' } };
  expect([await first.json(), await second.json()]).toEqual([{ cluster }, { cluster }]);
  expect(first.headers.get('x-told')).toBe('by moto');
  expect([first, second].map(({ headers }) => headers.get('date'))).not.toContain(LONG_AGO);
  expect(await (await get('/clusters/a/addons')).json()).toEqual({ addons: [] });
  expect((await get('/clusters/broken')).status).toBe(400);
  const { calls, actions, refused } = await counts();
  expect({ calls, actions, refused, asked }).toEqual({
    calls: 4,
    actions: { 'eks:DescribeCluster': 3, 'eks:ListAddons': 1 },
    refused: { 'eks:DescribeCluster 400': 1 },
    asked: ['GET /clusters/a', 'GET /clusters/broken'],
  });
});

it('holds an answer back for as long as it is told, and others beside it', async () => {
  await counts('/_reset?aws=200');
  await Promise.all(Array.from({ length: 5 }, () => get('/clusters/a')));
  const { mostAtOnce, sumSeconds, busySeconds } = await counts();
  expect([mostAtOnce, sumSeconds > 0.9, busySeconds < sumSeconds]).toEqual([5, true, true]);
});

it('asks again what is written, and knows an action by its header or its form', async () => {
  await counts('/_reset');
  asked.length = 0;
  const post = (body: string, more: Record<string, string>) =>
    fetch(proxy.url, { method: 'POST', body, headers: { ...EKS, ...more } });
  const target = { 'x-amz-target': 'Registry_V1.PutImage' };
  await post('{}', target);
  await post('{}', target);
  await post('Action=DescribeSubnets&Version=1', {});
  await post('Action=DescribeSubnets&Version=1', {});
  expect((await counts()).actions).toEqual({ 'eks:PutImage': 2, 'eks:DescribeSubnets': 2 });
  expect(asked).toHaveLength(3);
});

it('the service that is asked most says how long a scan takes at least', () => {
  const most = busiest({ 'eks:ListClusters': 1, 'eks:DescribeCluster': 119, 'ecr:DescribeImages': 30 });
  expect(most).toEqual({ service: 'eks', calls: 120 });
  expect([leastFor(120, { perSecond: 10, burst: 20 }), leastFor(3, { perSecond: 10, burst: 20 })]).toEqual([10, 0]);
});
