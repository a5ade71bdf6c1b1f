import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { FORGED_EVENTS } from '../../shared/deployment/bus-policy.ts';
import type { Deployment } from '../../shared/deployment/deployment.ts';
import { watchedRegions } from '../../shared/deployment/watched-regions.ts';
import type { Template } from '../../shared/derive/cloudformation.ts';
import { matchesPattern } from './event-matcher.ts';
import { filledIn } from './filled-in.ts';
import type { SampleEvent } from './samples.ts';

const TEMPLATE = parse(readFileSync('events/collector.yml', 'utf8')) as Template;

export interface Buses {
  /** The rules of a collector, or of the hub's own region, take an event that occurred there. */
  collected(event: unknown): boolean;
  /** The rules of the hub's custom bus take what was put onto it. */
  taken(event: unknown): boolean;
  /** Both: whether what AWS tells in an account and region comes to the hub. */
  delivered(event: unknown): boolean;
}

/** What stands in front of the hub: the derived file as it is installed in each account and region, and the hub's own bus. */
export function eventBuses(deployment: Pick<Deployment, 'region' | 'regions'>): Buses {
  const installed = new Set(watchedRegions(deployment));
  const parameters = { HubBus: `arn:aws:events:${deployment.region}:444455556666:event-bus/eks-warden` };
  const at = { partition: 'aws', region: 'us-east-1', account: '111122223333', parameters };
  const patterns = Object.values(filledIn(TEMPLATE, at)).flatMap(({ Type, Properties }) =>
    Type === 'AWS::Events::Rule' ? [Properties.EventPattern] : [],
  );
  const matches = (event: unknown) => patterns.some((pattern) => matchesPattern(pattern, event));
  const collected = (event: unknown) => installed.has((event as SampleEvent).region) && matches(event);
  const taken = (event: unknown) => matches(event) || matchesPattern(FORGED_EVENTS, event);
  return { collected, taken, delivered: (event) => collected(event) && taken(event) };
}
