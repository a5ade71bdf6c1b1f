import { createHash } from 'node:crypto';

import { CATALOGUE } from '../../../shared/controls/catalogue.ts';
import type { Finding, ResourceState, Transition } from '../../../shared/findings/finding.ts';
import type { FindingsPage, Moment, PageFinding, PostureRow } from '../../../shared/reports/page.ts';
import { kindOf } from '../../../shared/resources/kinds.ts';
import { keyOf } from '../../../shared/resources/resource.ts';
import type { Played } from '../play/play.ts';
import type { Sums } from '../sums.ts';
import { findingKey, momentsOf } from './moments.ts';

/** The page of a story: every finding that there was, as it stands at the end. */
export function pageOf(played: Played, sums: Sums): FindingsPage {
  const { story, account, region, entries, items, world } = played;
  const states = items.filter(({ sk }) => sk === 'state') as unknown as ResourceState[];
  const moments = momentsOf(entries);
  const last = new Map<string, Transition>();
  for (const entry of entries) {
    if (entry.what !== 'look') continue;
    for (const transition of entry.transitions) last.set(findingKey(transition), transition);
  }
  const stored = new Map(states.map((state) => [state.pk, state]));
  return {
    title: story.title,
    about: `What happened in account ${account}, ${region}, and what eks-warden made of it.`,
    madeAt: world.now(),
    figures: figures(sums),
    posture: postureOf(states),
    findings: [...last].map(([key, transition]) => {
      const finding = stored.get(keyOf(transition.resource))?.findings[transition.control] ?? transition.finding;
      return findingOf(transition, finding, moments.get(key) ?? []);
    }),
  };
}

function figures({ events, findings, unknown, proven, notices }: Sums): FindingsPage['figures'] {
  return [
    { label: 'events', value: events },
    { label: 'findings', value: findings },
    { label: 'unknown for a while', value: unknown },
    { label: 'fixes proven', value: proven },
    { label: 'notices', value: notices },
  ];
}

function findingOf(
  { resource, control: id, clusters }: Transition,
  finding: Finding,
  moments: readonly Moment[],
): PageFinding {
  const control = CATALOGUE.find((one) => one.id === id);
  const { severity, state, said, unread, before, shows, plan, notJudged, fix } = finding;
  const sentences = state === 'unsure' ? [unread?.why ?? 'It could not be read.'] : said.map(({ text }) => text);
  return {
    id: `f-${createHash('sha256')
      .update(findingKey({ resource, control: id }))
      .digest('hex')
      .slice(0, 12)}`,
    control: id,
    title: control?.title ?? id,
    severity,
    state,
    called: kindOf(resource.kind).called,
    resource: resource.id,
    account: resource.account,
    region: resource.region,
    clusters,
    said: sentences,
    why: control?.why ?? '',
    howToFix: control?.howToFix ?? '',
    ...(before !== undefined && { before }),
    ...(shows !== undefined && { now: shows }),
    plan: plan ?? [],
    ...(notJudged !== undefined && { notJudged }),
    proven: state === 'closed' && fix?.status === 'verified',
    moments,
  };
}

/** Every control that judged something, and what stands of it. */
function postureOf(states: readonly ResourceState[]): PostureRow[] {
  const living = states.filter(({ gone }) => gone === undefined);
  return CATALOGUE.flatMap(({ id, title, severity }): PostureRow[] => {
    const found = living.flatMap(({ findings }) => findings[id]?.state ?? []);
    if (found.length === 0) return [];
    const count = (...wanted: readonly Finding['state'][]) => found.filter((state) => wanted.includes(state)).length;
    const row = {
      passed: count('closed'),
      open: count('open', 'fixing'),
      unknown: count('unsure'),
      waived: count('waived'),
    };
    return [{ control: id, title, severity, ...row }];
  });
}
