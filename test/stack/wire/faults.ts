import { setTimeout as wait } from 'node:timers/promises';
import { CODES, denial, faultOf } from '../../support/cloud/audited/faults.ts';
import { PROTOCOLS, type WireAnswer } from '../../support/cloud/audited/wire/protocol.ts';
import type { ServiceName } from '../../support/cloud/audited/wire/schema.ts';

/** How a call fails on the wire: in the service's own words, by a connection that breaks, or late by some milliseconds. */
export type WireFault = 'throttled' | 'unwell' | 'denied' | 'drop' | { delay: number };

export interface WireRule {
  /** `eks:DescribeCluster`, `eks:*` */
  action: string;
  answer: WireFault;
  /** What the request's path or body must hold, such as a cluster's name. */
  naming?: string;
  /** How many calls it hits; all while it stands, where absent. */
  times?: number;
}

export interface Attempt {
  service: string;
  action: string;
  text: string;
}

/** The rules of a wire: the newest that hits decides. */
export function wireFaults() {
  let rules: { rule: WireRule; left: number }[] = [];
  return {
    /** Returns what takes it away again. */
    add(rule: WireRule): () => void {
      const entry = { rule, left: rule.times ?? Number.POSITIVE_INFINITY };
      rules.unshift(entry);
      return () => {
        rules = rules.filter((one) => one !== entry);
      };
    },
    of({ action, text }: Attempt): WireFault | undefined {
      const found = rules.find(
        ({ rule, left }) => left > 0 && named(rule.action, action) && text.includes(rule.naming ?? ''),
      );
      if (found) found.left -= 1;
      return found?.rule.answer;
    },
  };
}

const named = (wanted: string, action: string): boolean =>
  wanted.endsWith('*') ? action.startsWith(wanted.slice(0, -1)) : action === wanted;

/** The answer of a fault; undefined where the call goes on after all. */
export async function faulty(fault: WireFault, { service, action }: Attempt): Promise<WireAnswer | 'drop' | undefined> {
  if (fault === 'drop') return 'drop';
  if (typeof fault === 'string') return refusal(fault, service, action);
  await wait(fault.delay);
  return undefined;
}

/** A refusal as the service words it; services of our own speak JSON. */
export function refusal(
  fault: 'throttled' | 'unwell' | 'denied',
  service: string,
  action: string,
  who = 'somebody',
): WireAnswer {
  if (isAudited(service)) {
    const error =
      fault === 'denied' ? denial(service, action, who) : faultOf(service, fault, `${action} is made to fail.`);
    return PROTOCOLS[service].error(error, 'made-to-fail');
  }
  const [code, status] = OWN_CODES[fault];
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': code };
  return { status, headers, body: JSON.stringify({ __type: code, message: `${action} is made to fail.` }) };
}

const OWN_CODES = {
  throttled: ['ThrottlingException', 400],
  unwell: ['ServiceUnavailable', 503],
  denied: ['AccessDeniedException', 400],
} as const;

const isAudited = (service: string): service is ServiceName => Object.hasOwn(CODES, service);
