import { stringify } from 'yaml';
import type { Waiver } from '../../baseline/baseline.ts';
import { keyOf, type Resource } from '../../resources/resource.ts';
import { DAY } from '../../runtime/clock.ts';
import { word } from '../explain/snippets/shell.ts';

/** Long enough to plan, and short enough to be asked again. */
const DAYS = 90;

/** One line of YAML that is read again as this text; a string of JSON is one of YAML's too. */
function scalar(text: string): string {
  return /[\p{C}\p{Z}]/u.test(text.replaceAll(' ', ''))
    ? JSON.stringify(text)
    : stringify(text, { lineWidth: 0 }).trimEnd();
}

/** The lines of one waiver within the list of `baseline.yml`, without its indent. */
export function waiverLines(waiver: Waiver): string[] {
  const { control, resource, reason, ticket, requestedBy, approvedBy, until } = waiver;
  const fields = { control, resource, reason, ticket, requestedBy, approvedBy };
  const written = Object.entries(fields).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}: ${scalar(value)}`],
  );
  return [...written, `until: ${until}`].map((line, at) => `${at === 0 ? '- ' : '  '}${line}`);
}

/** How to accept a finding: the command, and what it writes. */
export function waiverEntry(id: string, resource: Resource, control: string, now: number): string[] {
  const until = new Date(now + DAYS * DAY).toISOString().slice(0, 10);
  const waiver = {
    control,
    resource: keyOf(resource),
    reason: 'WHY',
    ticket: 'TICKET',
    requestedBy: 'YOU',
    approvedBy: 'SOMEBODY_ELSE',
    until,
  };
  return [
    `npx eks-warden waive ${word(id)} --reason WHY --ticket TICKET --until ${until} --approver SOMEBODY_ELSE`,
    '',
    'waivers:',
    ...waiverLines(waiver).map((line) => `  ${line}`),
  ];
}
