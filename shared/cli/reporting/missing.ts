import type { Report } from '../../reports/report.ts';
import { safeJson } from '../terminal.ts';

/** The permissions that a report would have needed besides, by name. */
export function missingIn({ scopes, verdicts }: Pick<Report, 'scopes' | 'verdicts'>): string[] {
  const listing = scopes.flatMap(({ unread }) => unread.flatMap(({ missing }) => missing ?? []));
  const reading = verdicts.flatMap(({ unread }) => unread?.missing ?? []);
  return [...new Set([...listing, ...reading])].sort();
}

/** What to add to a policy so that nothing of it stays unknown; empty where no permission was missing. */
export function missingText(report: Pick<Report, 'scopes' | 'verdicts'>): string {
  const missing = missingIn(report);
  if (missing.length === 0) return '';
  const what = missing.length === 1 ? 'A permission was missing' : `${missing.length} permissions were missing`;
  const statement = { Effect: 'Allow', Action: missing, Resource: '*' };
  return `${what}. Add this statement (npx eks-warden policy reader prints the whole policy):\n${safeJson(statement, 2)}`;
}
