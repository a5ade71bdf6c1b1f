import { partitionOf } from '../../aws/partition.ts';
import type { Report } from '../../reports/report.ts';
import { GLOBAL } from '../../resources/resource.ts';
import type { Explained } from './explained.ts';
import { theOne, type Wanted } from './find.ts';

/** A finding as a scan or a snapshot has it; without a history, which only the table keeps. */
export function explainedIn(report: Report, wanted: Wanted, where: string): Explained {
  const reported = theOne(wanted, report.verdicts, where);
  const { region } = reported.resource;
  // What is global is in the partition of the regions that were read with it.
  const regional = region === GLOBAL ? report.scopes.find((scope) => scope.region !== GLOBAL)?.region : region;
  return {
    reported,
    control: wanted.control,
    partition: partitionOf(regional ?? region),
    source: report.source,
    at: report.at,
  };
}
