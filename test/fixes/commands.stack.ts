import { afterAll, expect, it } from 'vitest';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import { REGION } from '../stack/place.ts';
import { venvOf } from '../stack/python.ts';
import { type Account, auditedServices, merge, type Names, namesOf } from '../support/cloud/audited/index.ts';
import { anEstate } from '../support/estate.ts';
import { START } from '../support/pipeline.ts';
import type { Case } from './cases/case.ts';
import { CASES, NOT_FOLLOWED } from './cases/index.ts';
import { follow } from './following.ts';
import { fillMoto, IN_MOTO, startMoto } from './moto.ts';
import { fillNetwork, swapped } from './moto-network.ts';
import { type Cloud, startRouter } from './router.ts';
import { startAwsCli } from './shell.ts';

const say = () => undefined;
const HOUR = 3_600_000;
const nameOf = ({ control, reason, params }: Case) =>
  `${control} (${reason})${params ? ` with ${JSON.stringify(params)}` : ''}`;
/** What of a case moto has as well as we do. */
function inMoto({ control, reason, notInMoto }: Case): readonly string[] {
  if (notInMoto) return [];
  if (control === 'node-sg-ingress' || reason === 'openPort' || reason === 'dnsBroken') return ['ec2'];
  return /^(?:iam|ecr|trail|eks-loggroup)-/.test(control) ? IN_MOTO : [];
}

/** Each in an account of its own, and once more where moto has its resources. */
const ALL = [
  ...CASES.map((one) => ({ one, name: nameOf(one), services: [] })),
  ...CASES.map((one) => ({ one, name: `${nameOf(one)} in moto`, services: inMoto(one) })).filter(
    ({ services }) => services.length > 0,
  ),
].map((each, at) => {
  const names = namesOf(String(100_000_000_000 + at), REGION);
  return { ...each, names, document: merge(anEstate(names.account, REGION), each.one.wrong(names)) };
});

const moto = await startMoto(venvOf('moto', say));
const clouds = new Map<string, Cloud>();
const router = await startRouter((account) => clouds.get(account));
const cli = await startAwsCli(venvOf('awscli', say), router.url);
afterAll(() => Promise.all([cli.stop(), router.stop(), moto.stop()]));

/** An account whose time only passes while somebody looks at EKS: two changes at once are refused as EKS refuses them. */
function cloudOf(account: string, document: Account, services: readonly string[]): Cloud {
  let time = START;
  const cloud = auditedServices({ now: () => time, accounts: { [account]: document } });
  return {
    handles: cloud.handles,
    answer(request) {
      if (request.service === 'eks' && request.method === 'GET') time += HOUR;
      return cloud.answer(request);
    },
    elsewhere: { services, url: moto.url },
  };
}

/** Opens the account, with what moto has of it; its names are moto's then. */
async function opened({ names, document, services }: (typeof ALL)[number]): Promise<Names> {
  const { account } = names;
  clouds.set(account, cloudOf(account, document, services));
  if (services.includes('iam')) await fillMoto(router.url, account, document);
  if (!services.includes('ec2')) return names;
  const ids = await fillNetwork(router.url, names, document);
  clouds.set(account, cloudOf(account, swapped(document, ids), services));
  return { ...names, ...swapped(names, ids) };
}

const NAMED = ALL.map((each) => [each.name, each] as const);

it.concurrent.each(NAMED)('what explain says puts it right: %s', async (_, each) => {
  const { ended, refused } = await follow(each.one, await opened(each), router.url, cli);
  expect({ ended, refused }).toEqual({ ended: each.one.ends ?? 'pass', refused: [] });
});

it('every message of every control is put right by its commands, or it is said why none does', () => {
  const messages = CATALOGUE.flatMap(({ id, messages }) => Object.keys(messages).map((reason) => `${id} ${reason}`));
  const followed = CASES.map(({ control, reason }) => `${control} ${reason}`);
  expect([...new Set([...followed, ...Object.keys(NOT_FOLLOWED)])].sort()).toEqual(messages.sort());
  expect(Object.keys(NOT_FOLLOWED).filter((each) => followed.includes(each))).toEqual([]);
});
