import type { Report } from '../../reports/report.ts';

/** How many resources a control was judged on, and how many of them fail. */
interface Standing {
  judged: number;
  failing: number;
}

/** The shipped baseline with what fails today in `observe`, each with how much of it does. Pure. */
export function baselineWritten(shipped: string, report: Pick<Report, 'verdicts'>): string {
  const standing = standingOf(report);
  return withoutSchema(shipped).replace(/^( {2})([a-z][a-z0-9-]*): notify$/gm, (line, indent: string, id: string) => {
    const { judged, failing } = standing.get(id) ?? { judged: 0, failing: 0 };
    return failing === 0 ? line : `${indent}${id}: observe # ${failing} of ${judged} fail today`;
  });
}

function standingOf({ verdicts }: Pick<Report, 'verdicts'>): Map<string, Standing> {
  const standing = new Map<string, Standing>();
  for (const { control, verdict } of verdicts) {
    if (verdict === 'not-applicable') continue;
    const { judged, failing } = standing.get(control) ?? { judged: 0, failing: 0 };
    standing.set(control, { judged: judged + 1, failing: failing + (verdict === 'fail' ? 1 : 0) });
  }
  return standing;
}

export interface Deploying {
  /** Where eks-warden will stand. */
  region: string;
  /** Empty where nobody said one. */
  email: string;
  /** Others that have clusters. */
  regions: readonly string[];
  slackSecret?: string | undefined;
}

/** The shipped deploy.yml with what is known. Pure; JSON strings are YAML ones too. */
export function deployWritten(shipped: string, { region, email, regions, slackSecret }: Deploying): string {
  const text = withoutSchema(shipped)
    .replace(/^region: .*$/m, () => `region: ${region}`)
    .replace(/^email: .*$/m, () => `email: ${JSON.stringify(email)}`)
    .replace(/^regions: .*$/m, () => `regions: [${regions.join(', ')}]`);
  return slackSecret === undefined
    ? text
    : text.replace(/^# slackSecret: .*$/m, () => `slackSecret: ${JSON.stringify(slackSecret)}`);
}

/** The schema stands beside the shipped files, not beside the new ones. */
function withoutSchema(text: string): string {
  return text.replace(/^# yaml-language-server: .*\n#?\n?/, '');
}

/** Regions by how many clusters they have, those with most first. Pure. */
export function clusterRegions({ verdicts }: Pick<Report, 'verdicts'>): { region: string; clusters: number }[] {
  const clusters = new Map<string, Set<string>>();
  for (const { resource } of verdicts) {
    if (resource.kind !== 'cluster') continue;
    clusters.set(resource.region, (clusters.get(resource.region) ?? new Set()).add(resource.id));
  }
  return [...clusters]
    .map(([region, ids]) => ({ region, clusters: ids.size }))
    .sort((a, b) => b.clusters - a.clusters || (a.region < b.region ? -1 : 1));
}
