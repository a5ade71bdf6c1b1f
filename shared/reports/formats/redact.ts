import { isIPv6 } from 'node:net';
import { arnOf } from '../../aws/partition.ts';
import { arnParts } from '../../resources/arn.ts';
import type { Report, Reported } from '../report.ts';
import { sorted } from './sorted-keys.ts';

const ARN = /arn:[\w-]+:[\w-]+:[\w-]*:\w*:[^\s"'`,;<>()[\]{}]*[^\s"'`,;<>()[\]{}.:]/g;
const ACCOUNT = /(?<![0-9A-Za-z])\d{12}(?![0-9A-Za-z])/g;
const EMAIL = /[\w.+%-]+@[\w-]+(?:\.[\w-]+)+/g;
const IPV4 = /(?<!\d)\d{1,3}(?:\.\d{1,3}){3}(?!\d)(?:\/\d{1,2})?/g;
const IPV6 = /(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?:\/\d{1,3})?(?![\w:])/gi;
/** Everybody: it names nobody, and the report says nothing without it. */
const ANYONE = new Set(['0.0.0.0/0', '::/0', '0.0.0.0', '::']);

/**
 * The report without account ids, ARNs, addresses (of networks and of mail) and the names of persons. Equal ones get
 * equal stand-ins in the order in which they come, so the same report is redacted the same each time. Accounts stay
 * twelve digits and ARNs stay ARNs, so that every format stays valid. Names of resources stay.
 */
export function redacted(report: Report): Report {
  const stand = standIns();
  const accounts = accountsOf(report).toSorted((a, b) => b.length - a.length);
  const text = (from: string) => {
    const withoutArns = from.replace(ARN, stand.arn);
    const known = accounts.reduce(
      (rest, account) => rest.replaceAll(account, () => stand.account(account)),
      withoutArns,
    );
    return known
      .replace(ACCOUNT, stand.account)
      .replace(EMAIL, stand.address)
      .replace(IPV4, stand.address)
      .replace(IPV6, (from) => (isIPv6(from.replace(/\/\d+$/, '')) ? stand.address(from) : from));
  };
  const { controls, ...rest } = report;
  const persons = { ...rest, verdicts: rest.verdicts.map((each) => nameless(each, stand.person)) };
  return { ...(deep(sorted(persons), text) as typeof rest), controls };
}

/** Stand-ins that were given are known, so that no second pass replaces them. */
function standIns() {
  const given = new Map<string, string>();
  const made = new Set<string>();
  const counts = new Map<string, number>();
  const next = (kind: string) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count;
  };
  const remember = (kind: string, from: string, make: (count: number) => string) => {
    if (made.has(from) || ANYONE.has(from)) return from;
    const key = `${kind} ${from}`;
    const known = given.get(key) ?? make(next(kind));
    given.set(key, known);
    made.add(known);
    return known;
  };
  const account = (from: string) => remember('account', from, (count) => String(count).padStart(12, '0'));
  return {
    account,
    address: (from: string) => given.get(`person ${from}`) ?? remember('address', from, (count) => `address-${count}`),
    person: (from: string) => remember('person', from, (count) => `person-${count}`),
    arn: (from: string) => {
      const parts = arnParts(from);
      if (parts === undefined) return from;
      const { partition, service, region } = parts;
      const owner = /^\d{12}$/.test(parts.account) ? account(parts.account) : parts.account;
      return remember('arn', from, (count) =>
        arnOf({ partition, service, region, account: owner, resource: `redacted-${count}` }),
      );
    },
  };
}

/** Accounts that the report names as such: those are found within longer words too. */
function accountsOf({ scopes, verdicts }: Report): string[] {
  const named = [
    ...scopes.map(({ account }) => account),
    ...verdicts.flatMap(({ resource, cause }) => [resource.account, cause?.actor.account ?? '']),
  ];
  return [...new Set(named.filter((account) => /^\d{12}$/.test(account)))];
}

function nameless(reported: Reported, person: (from: string) => string): Reported {
  const { cause, waiver } = reported;
  return {
    ...reported,
    ...(waiver === undefined ? {} : { waiver: { ...waiver, approvedBy: person(waiver.approvedBy) } }),
    ...(cause === undefined ? {} : { cause: { ...cause, actor: actorOf(cause.actor, person) } }),
  };
}

type Actor = NonNullable<Reported['cause']>['actor'];

/** What the actor's own program said of itself goes altogether: anything may stand in it. */
function actorOf({ userAgent: _, ...actor }: Actor, person: (from: string) => string): Actor {
  const isNamed = arnParts(actor.principal) !== undefined || actor.type === 'AWSService';
  const principal = isNamed ? actor.principal : person(actor.principal);
  return { ...actor, principal, ...(actor.person === undefined ? {} : { person: person(actor.person) }) };
}

function deep(value: unknown, text: (from: string) => string): unknown {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map((each) => deep(each, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [text(key), deep(each, text)]));
}
