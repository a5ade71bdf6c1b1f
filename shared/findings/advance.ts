import type { Cause } from '../changes/change.ts';
import type { Judged } from '../evaluation/evaluate.ts';
import type { ClosedBecause, Finding, FixSummary, Input, State } from './finding.ts';
import { next } from './machine.ts';

/** What one look says about one finding: its verdict, or that it ends without one. */
export type Word = { judged: Judged } | { ends: ClosedBecause };

export interface Moment {
  /** When the word was read (ms). */
  observedAt: number;
  cause?: Cause;
}

/** The finding after one word about it; the same object where nothing changed. Pure. */
export function advance(finding: Finding | undefined, word: Word, moment: Moment): Finding | undefined {
  const input = inputOf(finding, word, moment.observedAt);
  const to = next(finding?.state, input);
  if (to === null) return finding;
  if (finding === undefined && 'ends' in word) return undefined;
  const moved = to !== (finding?.state ?? 'closed');
  const kept: Partial<Finding> = finding ?? {};

  return clean({
    state: to,
    severity: severityOf(word, kept),
    said: saidOf(word, kept),
    ...showing(word, kept),
    firstSeen: kept.firstSeen ?? (to === 'open' || to === 'waived' ? moment.observedAt : undefined),
    since: moved || finding === undefined ? moment.observedAt : finding.since,
    cause: moved ? moment.cause : (kept.cause ?? undefined),
    closedBecause: to === 'closed' ? becauseOf(word) : undefined,
    waiver: waiverOf(word, to === 'waived', kept),
    ...unreadOf(word, kept, moment.observedAt, input),
    plan: planOf(word, kept, to),
    reminded: to === 'open' && !moved ? kept.reminded : undefined,
    notJudged: 'judged' in word ? notJudgedOf(word.judged) : kept.notJudged,
    fix: fixAfter(kept, word, input, to),
    seen: kept.seen,
  });
}

/** A fix has until its deadline; a fail or an unreadable look after it is a failed fix. */
function inputOf(finding: Finding | undefined, word: Word, now: number): Input {
  if ('ends' in word) return 'gone';
  const { verdict, waiver } = word.judged;
  if (verdict.verdict === 'pass') return 'pass';
  if (verdict.verdict === 'not-applicable') return 'gone';
  if (finding?.state === 'fixing' && now > (finding.fix?.deadline ?? 0)) return 'fix-failed';
  if (verdict.verdict === 'unknown') return 'unknown';
  return waiver ? 'waive' : 'fail';
}

function severityOf(word: Word, kept: Partial<Finding>): Finding['severity'] {
  if (!('judged' in word)) return kept.severity ?? 'info';
  const { verdict, rule } = word.judged;
  return verdict.verdict === 'fail' ? verdict.severity : (kept.severity ?? rule.severity ?? rule.control.severity);
}

function planOf(word: Word, { plan }: Partial<Finding>, to: State): Finding['plan'] {
  if (to === 'closed') return undefined;
  const verdict = 'judged' in word ? word.judged.verdict : undefined;
  return verdict?.verdict === 'fail' ? verdict.plan : plan;
}

/** What it said stays on a closed finding, so that its resolution can tell what is over. */
function saidOf(word: Word, kept: Partial<Finding>): Finding['said'] {
  return 'judged' in word && word.judged.verdict.verdict === 'fail' ? word.judged.verdict.said : (kept.said ?? []);
}

function showing(word: Word, kept: Partial<Finding>): Partial<Finding> {
  const shows = 'judged' in word && 'shows' in word.judged.verdict ? word.judged.verdict.shows : undefined;
  if (shows === undefined || shows === kept.shows) return { ...pick(kept, 'shows'), ...pick(kept, 'before') };
  return kept.shows === undefined ? { shows } : { shows, before: kept.shows };
}

function becauseOf(word: Word): ClosedBecause {
  if ('ends' in word) return word.ends;
  return word.judged.verdict.verdict === 'not-applicable' ? 'not-applicable' : 'passes';
}

function waiverOf(word: Word, waived: boolean, kept: Partial<Finding>): Finding['waiver'] {
  if (!waived) return undefined;
  const waiver = 'judged' in word ? word.judged.waiver : undefined;
  if (waiver === undefined) return kept.waiver;
  const { reason, until, approvedBy, ticket } = waiver;
  return { reason, until, approvedBy, ...(ticket === undefined ? {} : { ticket }) };
}

/** Set by the first unreadable look, cleared by the first that reads it again. */
function unreadOf(word: Word, kept: Partial<Finding>, now: number, input: Input): Partial<Finding> {
  const verdict = 'judged' in word ? word.judged.verdict : undefined;
  if (verdict?.verdict !== 'unknown' || (input !== 'unknown' && input !== 'fix-failed')) return {};
  const { why, missing } = verdict;
  return { unreadSince: kept.unreadSince ?? now, unread: missing === undefined ? { why } : { why, missing } };
}

function notJudgedOf({ rule }: Judged): string | undefined {
  const parts = Object.values(rule.control.notJudged ?? {});
  return parts.length > 0 ? parts.join(' ') : undefined;
}

/** Another opening starts without the fix of the last one, except that a person's undoing outlives one closing. */
function fixAfter({ fix, state }: Partial<Finding>, word: Word, input: Input, to: State): FixSummary | undefined {
  if (fix === undefined) return undefined;
  if (state === 'closed' && to !== 'closed') return fix.status === 'undone' ? fix : undefined;
  if (state !== 'fixing') return to === 'closed' && state !== 'closed' ? undefined : fix;
  if (input === 'pass') return { ...fix, status: 'verified' };
  if (input !== 'fix-failed') return fix;
  const unread = 'judged' in word && word.judged.verdict.verdict === 'unknown';
  return unread
    ? { ...fix, status: 'unverified', why: 'It could not be read again before the deadline of the fix.' }
    : { ...fix, status: 'failed', why: 'It still failed at the deadline of the fix.' };
}

function pick<K extends keyof Finding>(finding: Partial<Finding>, key: K): Partial<Finding> {
  return finding[key] === undefined ? {} : { [key]: finding[key] };
}

/** DynamoDB and comparisons know no undefined fields. */
function clean(finding: { [K in keyof Finding]: Finding[K] | undefined }): Finding {
  return Object.fromEntries(Object.entries(finding).filter(([, value]) => value !== undefined)) as unknown as Finding;
}
