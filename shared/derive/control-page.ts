import { unfixable } from '../baseline/unfixable.ts';
import { groupOf } from '../controls/catalogue.ts';
import type { AnyControl, Fillings, Message, References } from '../controls/define-control.ts';
import { paramsOf } from '../controls/params.ts';
import { readsOf } from '../controls/reads.ts';
import { lifeOf } from '../controls/watched.ts';
import { code, list, part, plain, table } from './markdown.ts';
import { typeText } from './param-type.ts';

/** A row of a control's test table, as its page shows it. */
export interface Example {
  heading: 'passes' | 'notApplicable' | 'fails' | 'unforeseen';
  name: string;
  /** The messages of a failure. */
  said?: readonly { message: string; data?: Fillings }[];
  params?: Readonly<Record<string, unknown>>;
}

const HEADINGS: Readonly<Record<Example['heading'], string>> = {
  passes: 'Passes',
  fails: 'Fails',
  notApplicable: 'Does not apply',
  unforeseen: 'Unknown, until this control is taught it',
};

const STANDARDS: Readonly<Record<Exclude<keyof References, 'responsibility'>, string>> = {
  cis: 'CIS Amazon EKS Benchmark',
  securityHub: 'AWS Security Hub CSPM',
  nist: 'NIST SP 800-53',
  pci: 'PCI DSS',
};

/** The docs page of one control. */
export function controlPage(control: AnyControl, examples: readonly Example[]): string {
  const parts = [
    `# ${plain(control.title)}`,
    `${code(control.id)} · ${control.severity} · ${groupOf(control)}`,
    ...part('Why', plain(control.why)),
    ...part('How to put it right', plain(control.howToFix), fixText(control)),
    ...part('What the fix may break', plain(control.remediation?.risk ?? ''), undoText(control)),
    ...part('When it is checked', ...whenText(control)),
    ...part('What a finding says', messagesTable(control)),
    ...part('What can be set', paramsTable(control)),
    ...part('What is not judged here', list(Object.values(control.notJudged ?? {}).map(plain))),
    ...part('References', referencesText(control.references)),
    ...part('Examples', examplesText(control, examples)),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** All pages, group by group. */
export function indexPage(catalogue: readonly AnyControl[]): string {
  const groups = [...Map.groupBy(catalogue, groupOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = groups.flatMap(([group, controls]) => [
    `## ${group}`,
    table(
      ['Control', 'Severity', 'Fix', 'What holds'],
      controls.map(({ id, severity, fix, title }) => [`[${id}](${id}.md)`, severity, fix, plain(title)]),
    ),
  ]);
  const intro = `${catalogue.length} controls. Each page is derived from the control's own file and from its test table.`;
  return `${['# Controls', intro, ...parts].join('\n\n')}\n`;
}

function fixText(control: AnyControl): string {
  const { fix, remediation, id } = control;
  const uses = (remediation?.uses ?? []).map(code).join(', ');
  if (fix === 'none') return 'It cannot be changed afterwards: it is decided when the resource is made.';
  if (fix === 'manual') return 'By a person: eks-warden does not do this.';
  if (!remediation) return 'By a person: eks-warden has no plan for it.';
  if (unfixable(control, 'approve') !== undefined) {
    return `By a person: a finding shows the exact call, of ${uses}, and eks-warden does not make it.`;
  }
  const mode = fix === 'auto' ? 'approve` or `remediate' : 'approve';
  return `eks-warden can do it with ${uses}, where \`baseline.yml\` has ${code(id)} in mode \`${mode}\`.`;
}

function undoText({ remediation }: AnyControl): string | undefined {
  if (!remediation) return undefined;
  if (remediation.irreversible) return `It cannot be undone: ${plain(remediation.irreversible)}`;
  return remediation.undo && 'It can be undone: what was there before is kept.';
}

function whenText(control: AnyControl): string[] {
  const { resources, triggers } = control;
  const life = [...new Set(resources.flatMap(lifeOf))].filter((event) => !triggers.includes(event)).sort();
  const reads = readsOf([control]).map(code).join(', ');
  return [
    `For each ${resources.map(({ called }) => called).join(', ')}, on these events:`,
    list([...triggers].sort().map(code)),
    life.length > 0 ? `And on those of the life of what it judges: ${life.map(code).join(', ')}.` : '',
    reads ? `Judging it reads ${reads}.` : 'Nothing is read: the event itself is the fact.',
  ];
}

function messagesTable({ messages, severity }: AnyControl): string {
  const rows = Object.entries(messages as Record<string, Message>).map(([name, message]) => {
    return [code(name), typeof message === 'string' ? severity : message.severity, plain(textOf(message))];
  });
  return table(['Message', 'Severity', 'Text'], rows);
}

function paramsTable(control: AnyControl): string {
  const rows = paramsOf(control).map(({ name, schema, default: preset, description }) => [
    code(name),
    plain(typeText(schema)),
    preset === undefined ? 'not set' : code(JSON.stringify(preset)),
    plain(description),
  ]);
  return rows.length === 0 ? '' : table(['Param', 'Value', 'Default', 'Meaning'], rows);
}

function referencesText({ responsibility, ...references }: References): string {
  const standards = Object.entries(STANDARDS).flatMap(([key, name]) => {
    const ids = references[key as keyof typeof references] ?? [];
    return ids.length === 0 ? [] : [`${name}: ${ids.join(', ')}`];
  });
  const whose = responsibility === 'shared' ? 'shared with AWS' : responsibility && "the customer's";
  return list([...standards, ...(whose ? [`Responsibility: ${whose}`] : [])]);
}

function examplesText(control: AnyControl, examples: readonly Example[]): string {
  return Object.entries(HEADINGS)
    .flatMap(([heading, title]) => {
      const rows = examples.filter((example) => example.heading === heading);
      return rows.length === 0 ? [] : [`### ${title}`, list(rows.map((row) => exampleText(control, row)))];
    })
    .join('\n\n');
}

/** Without the id of a promise that a row keeps. */
function exampleText({ messages }: AnyControl, { name, said = [], params = {} }: Example): string {
  const set = Object.entries(params).map(([param, value]) => code(`${param}: ${JSON.stringify(value)}`));
  const texts = said.map(({ message, data = {} }) => {
    const text = textOf((messages as Record<string, Message>)[message] ?? message);
    return plain(text.replace(/\{(\w+)\}/g, (hole, key: string) => String(data[key] ?? hole)));
  });
  return [
    plain(name.replace(/^[A-Z]+-\d+: /, '')),
    ...(set.length > 0 ? [` (${set.join(', ')})`] : []),
    ...(texts.length > 0 ? [`<br>→ ${texts.join(' ')}`] : []),
  ].join('');
}

function textOf(message: Message): string {
  return typeof message === 'string' ? message : message.text;
}
