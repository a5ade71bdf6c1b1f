import type { News } from './notice.ts';
import { utc } from './time.ts';

/** What eks-warden did about a finding, will do, or why it holds back: one or two sentences. */
export function doneAboutIt(news: News): string {
  const { from, to, fix } = news;
  if (to === 'fixing') return fixing(news);
  if (from === 'fixing') return afterFix(news);
  if (to !== 'open') return 'Nothing to do.';
  if (fix?.status === 'held') return `Held back: ${fix.why ?? 'a guard stopped it.'}`;
  return intends(news);
}

function fixing({ fix }: News): string {
  const called = fix?.action === undefined ? 'It is fixing this' : `It called ${fix.action}`;
  const at = fix?.startedAt === undefined ? '' : ` at ${utc(fix.startedAt)}`;
  const deadline = fix?.deadline === undefined ? '' : ` by ${utc(fix.deadline)}`;
  return `${called}${at}; another look has to prove it${deadline}.`;
}

function afterFix({ to, fix, closedBecause }: News): string {
  const action = fix?.action === undefined ? '' : ` (${fix.action})`;
  if (to === 'closed' && closedBecause === 'passes') return `It fixed this${action}, and a later look proved it.`;
  if (to === 'open')
    return `Its fix did not work${action}. ${fix?.why ?? ''} It does not try again.`.replace('  ', ' ');
  return `Its fix${action} was overtaken.`;
}

function intends({ fixWanted, mode, remedy }: News): string {
  const calls = remedy?.calls.join(', ') ?? '';
  if (remedy === undefined) return 'Nothing: it has no fix for this and only tells.';
  if (!fixWanted) return `Nothing: the mode is ${mode}. In mode approve or remediate it would call ${calls}.`;
  if (mode === 'approve') return `It will call ${calls} once somebody approves. ${remedy.risk}`;
  return `It will call ${calls} unless a guard holds it back. ${remedy.risk}`;
}
