import type { Actor, Channel } from '../../../shared/changes/change.ts';
import type { ClosedBecause } from '../../../shared/findings/finding.ts';
import { kindOf } from '../../../shared/resources/kinds.ts';
import type { Resource } from '../../../shared/resources/resource.ts';
import type { Call, EventEntry } from '../chronicle/entry.ts';

const CHANNELS: Readonly<Record<Channel, string>> = {
  console: 'in the console',
  cli: 'with the CLI',
  sdk: 'with an SDK',
  terraform: 'with Terraform',
  cloudformation: 'with CloudFormation',
  eksctl: 'with eksctl',
  pulumi: 'with Pulumi',
  crossplane: 'with Crossplane',
  ack: 'with ACK',
  service: 'by itself',
  unknown: 'with something unknown',
};

/** `ana.lima@example.com in the console from 203.0.113.24`. */
export function whoDid({ person, principal, role, channel, address, type, mfa, confidence }: Actor): string {
  const last = (arn: string) => arn.split('/').at(-1) ?? arn;
  const name = type === 'Root' ? 'root' : person === undefined ? last(role ?? principal) : person;
  const likely = person !== undefined && confidence === 'likely' ? ' (likely)' : '';
  const from = address === undefined || channel === 'service' ? '' : ` from ${address}`;
  return `${name}${likely} ${CHANNELS[channel]}${from}${mfa === false && (type === 'Root' || type === 'IAMUser') ? ', without MFA' : ''}`;
}

/** Long ids are cut: the table and the page have them whole. */
export function thing({ kind, id }: Resource): string {
  const short = id
    .replace(/@sha256:([0-9a-f]{12})[0-9a-f]+$/, '@sha256:$1…')
    .replace(/^arn:[^:]*:[^:]*::?[^:]*:[^/]*\//, '');
  return `${kindOf(kind).called.replace(/^EKS /, '')} ${short}`;
}

export function where({ account, region, resources }: EventEntry, home: { account: string; region: string }): string {
  const [first, ...more] = resources.map(thing);
  const on = first === undefined ? '' : ` on ${first}${more.length > 0 ? ` and ${more.length} more` : ''}`;
  const elsewhere = region === home.region ? '' : `, from ${region}`;
  return `${on}${elsewhere}${account === home.account ? '' : `, in ${account}`}`;
}

/** What was asked; `brief` names the first call only, and those that failed. */
export function reads(calls: readonly Call[], brief = false): string {
  const named = calls.map(({ action, outcome }) => `${action}${ended(outcome)}`);
  if (!brief || named.length < 3) return named.join(', ');
  const failed = named.filter((_, index) => index > 0 && isTrouble(calls[index]?.outcome ?? 'done'));
  const rest = named.length - 1 - failed.length;
  return [named[0], ...failed, ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
}

/** What is not there is an answer; all else that is not done is trouble. */
export function isTrouble(outcome: string): boolean {
  return outcome !== 'done' && !/NotFound|NoSuch/.test(outcome);
}

function ended(outcome: string): string {
  if (outcome === 'done') return '';
  if (/Denied|Unauthorized/.test(outcome)) return ' DENIED';
  return isTrouble(outcome) ? ` ${outcome}` : ' (none)';
}

export const WAITS: Readonly<Record<string, string>> = {
  unsettled: 'still changing',
  unavailable: 'AWS did not answer',
  'not-visible': 'not to be seen yet',
};

export const CLOSED: Readonly<Record<ClosedBecause, string>> = {
  passes: 'in order',
  'not-applicable': 'no longer applies',
  deleted: 'the resource is gone',
  unused: 'nothing of ours uses it any more',
  retired: 'no longer judged',
  quiet: 'not seen again',
};

export function clock(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(11, 19);
}

/** `25 s`, `4 min`. */
export function span(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
