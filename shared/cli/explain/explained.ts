import type { Partition } from '../../aws/partition.ts';
import type { Cause } from '../../changes/change.ts';
import type { AnyControl } from '../../controls/define-control.ts';
import type { Ack } from '../../findings/acks.ts';
import type { ClosedBecause, State } from '../../findings/finding.ts';
import type { Report, Reported } from '../../reports/report.ts';
import type { Place } from './snippets/snippet.ts';

/** One step of a finding, as its history keeps it. */
export interface Step {
  at: number;
  from: State;
  to: State;
  cause?: Cause;
  closedBecause?: ClosedBecause;
  shows?: string;
}

/** All that is known about one finding. */
export interface Explained {
  reported: Reported;
  control: AnyControl;
  partition: Partition;
  source: Report['source'];
  /** When it was read (ms); from the table, when it was last looked at. */
  at: number;
  /** The oldest first; undefined where only the table would know. */
  history?: readonly Step[];
  /** What it was before its last change. */
  before?: string;
  closedBecause?: ClosedBecause;
  /** Who has it, and since when. */
  ack?: Pick<Ack, 'by' | 'at' | 'note'>;
}

/** Stands where a resource belongs to no cluster that is known. */
const NO_CLUSTER = 'CLUSTER';

/** The names that its fix is filled in with. */
export function placeOf({ reported, partition }: Pick<Explained, 'reported' | 'partition'>): Place {
  const { resource, clusters, said, plan = [] } = reported;
  const own = resource.kind === 'cluster' ? resource.id : clusters[0];
  return { resource, cluster: own ?? NO_CLUSTER, partition, said, plan };
}
