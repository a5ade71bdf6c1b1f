import { counted } from '../runtime/terminal.ts';
import type { Inventory } from './notice.ts';
import type { Line, NewsWords, Words } from './wording.ts';

/** `FIRST SWEEP: 30 findings in 2 scopes: 3 critical, 27 high`; or that everything is in order. */
export function inventoryHeadline({ scopes, moreScopes, open }: Inventory): string {
  const where = counted(scopes.length + moreScopes, 'scope');
  const all = sum(open);
  if (all === 0) return `FIRST SWEEP: nothing is wrong in ${where}`;
  return `FIRST SWEEP: ${counted(all, 'finding')} in ${where}: ${bySeverity(open)}`;
}

/** The worst by name, the others by number, and what could not be read. */
export function inventoryWords(inventory: Inventory): Words {
  const { scopes, moreScopes, resources, open, worst, missing, incomplete } = inventory;
  const more = moreScopes > 0 ? ` and ${moreScopes} more` : '';
  const left = sum(open) - worst.length;
  const where: Line[] = [
    { label: 'Scopes', text: `${scopes.join(', ')}${more}` },
    { label: 'Looked at', text: counted(resources, 'resource') },
    { label: 'Open', text: bySeverity(open) || 'nothing' },
    ...missing.map(({ permission, findings }) => ({
      label: 'Missing',
      text: `${permission}: ${counted(findings, 'verdict')} unknown without it`,
    })),
  ];
  return {
    headline: inventoryHeadline(inventory),
    where,
    who: [],
    news: [...worst.map(worstWords), ...unreadWords(incomplete)],
    unlisted: `${left > 0 ? `${counted(left, 'more finding')} not listed here. ` : ''}${REST}`,
  };
}

const REST =
  'What the first sweep found is told in this one notice, and nothing of it is fixed by this sweep. The findings table has all of it; from now on each change is told.';

function worstWords({
  called,
  id,
  account,
  region,
  title,
  page,
  severity,
  text,
}: Inventory['worst'][number]): NewsWords {
  return {
    title: `${severity.toUpperCase()}: ${called} ${id}: ${title}`,
    sentences: text === '' ? [] : [text],
    lines: [{ label: 'Account', text: `${account}, ${region}` }],
    waiver: [],
    page,
  };
}

function unreadWords(incomplete: readonly string[]): NewsWords[] {
  if (incomplete.length === 0) return [];
  return [{ title: 'Not read completely', sentences: incomplete, lines: [], waiver: [], page: 'docs/operating.md' }];
}

function bySeverity(open: Inventory['open']): string {
  return open.map(({ severity, count }) => `${count} ${severity}`).join(', ');
}

function sum(open: Inventory['open']): number {
  return open.reduce((all, { count }) => all + count, 0);
}
