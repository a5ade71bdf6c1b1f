import {
  type CostLine,
  costOfEvents,
  costOfStanding,
  costOfSweep,
  type Functions,
  type Running,
  type Standing,
  summed,
  type Work,
} from './cost.ts';

/** What the bench counted: `npm run bench -- --only cost --measured` writes it, and a test counts again. */
export interface Measured {
  /** On average for a change: the second looks and those behind links included. */
  event: Work;
  /** Of a sweep's look at a resource that nobody has changed. */
  sweep: Work;
  functions: Functions & { sweep: Running };
  /** Of a hub with Slack and every control on. */
  standing: Omit<Standing, 'gigabytes'>;
}

/** A cluster has node groups, roles, security groups, log groups, repositories and images with it. */
export const RESOURCES_PER_CLUSTER = 60;
/** Bytes of items and history for each resource. */
const BYTES = 10_000;
/** Share of the events that come from another region or account than the hub's. */
export const FORWARDED = 0.3;
const NIGHTS = 30;

export interface Estate {
  clusters: number;
  /** In a month: changes that concern what is watched. */
  events: number;
}

/** Accounts × regions: one for each ten clusters, those of IAM and of the hub besides. */
export function scopesFor(clusters: number): number {
  return 2 + Math.ceil(clusters / 10);
}

/** A month of an estate, item by item. */
export function costOfMonth({ clusters, events }: Estate, { event, sweep, functions, standing }: Measured): CostLine[] {
  const resources = clusters * RESOURCES_PER_CLUSTER;
  return summed([
    { lines: costOfEvents(events, event, functions, FORWARDED) },
    { lines: costOfSweep(resources, scopesFor(clusters), sweep, functions.sweep), times: NIGHTS },
    { lines: costOfStanding({ ...standing, gigabytes: (resources * BYTES) / 1e9 }) },
  ]);
}
