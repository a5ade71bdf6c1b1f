import { unfixable } from '../baseline/unfixable.ts';
import type { AnyControl } from '../controls/define-control.ts';
import type { ParamJson } from '../controls/params.ts';
import type { ControlJson } from './control-json.ts';
import type { Output } from './output.ts';
import { wrapped } from './wrapped.ts';

const LINE = 88;

/** One control for reading: what it judges, why, when, what it says, how to put it right, what may be set. */
export function controlPage(json: ControlJson, control: AnyControl, { colour, width }: Output): string {
  const room = Math.min(LINE, width ?? LINE);
  const part = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', colour.bold(title), ...lines.flatMap((line) => wrapped(line, room))];
  return [
    colour.bold(json.title),
    `${json.id} · ${json.severity} · group ${json.group}`,
    ...part('Why', [json.why]),
    ...part('How to put it right', [json.howToFix, `Fix: ${fixText(json, control)}`]),
    ...part('What it judges', [
      json.resources.join(', '),
      ...Object.values(json.notJudged).map((each) => `Not judged: ${each}`),
    ]),
    ...part('When it is checked', [json.triggers.join(', ')]),
    ...part(
      'What it reads',
      json.reads.length > 0 ? [json.reads.join(', ')] : ['Nothing: the event is itself the fact.'],
    ),
    ...part(
      'What a finding says',
      Object.values(json.messages).map(({ text, severity }) => `${severity}: ${text}`),
    ),
    ...part('What can be set', json.params.flatMap(paramText)),
    ...part(
      'Maps to',
      Object.entries(json.references).map(([key, ids]) => `${key}: ${[ids].flat().join(', ')}`),
    ),
    ...part('In baseline.yml', snippet(json)),
  ].join('\n');
}

function fixText({ fix, uses }: ControlJson, control: AnyControl): string {
  const { remediation } = control;
  if (fix === 'none') return 'none; it is decided when the resource is made.';
  if (fix === 'manual' || remediation === undefined) return `${fix}; by a person.`;
  if (unfixable(control, 'approve') !== undefined)
    return `${fix}; eks-warden shows the exact call, and a person makes it.`;
  const how = fix === 'auto' ? 'eks-warden can do it alone' : 'eks-warden can do it after an approval';
  return `${fix}; ${how}, with ${uses.join(', ')}. ${remediation.risk}`;
}

function paramText({ name, description, default: preset }: ParamJson): string[] {
  const value = preset === undefined ? 'not set' : `default ${short(preset)}`;
  return [`${name} (${value}): ${description}`];
}

function snippet({ id, params }: ControlJson): string[] {
  const first = params.find((param) => param.default !== undefined);
  if (first === undefined) return ['controls:', `  ${id}: notify`];
  return [
    'controls:',
    `  ${id}:`,
    '    mode: notify',
    '    params:',
    `      ${first.name}: ${JSON.stringify(first.default)}`,
  ];
}

function short(value: unknown): string {
  const json = JSON.stringify(value);
  return json.length > 60 ? `${json.slice(0, 59)}…` : json;
}
