import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Waiver } from '../../baseline/baseline.ts';
import { UserMistake } from '../../runtime/errors.ts';
import { waiverLines } from './entry.ts';

/** Where text is put, and what it takes the place of. */
interface Edit {
  from: number;
  to: number;
  text: string;
}

/**
 * The file with one more waiver at the end of its list. Nothing else in it changes, to the byte: comments, order,
 * quoting and line ends are the writer's own. Throws a `UserMistake` where the list is in a form that has no such end.
 */
export function withWaiver(file: string, waiver: Waiver): string {
  const mark = file.startsWith('\uFEFF') ? '\uFEFF' : '';
  const text = file.slice(mark.length);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const { from, to, text: put } = editOf(text, waiver);
  const changed = `${text.slice(0, from)}${put.replaceAll('\n', end)}${text.slice(to)}`;
  proveOnlyThis(text, changed, waiver);
  return mark + changed;
}

function editOf(text: string, waiver: Waiver): Edit {
  const { contents } = parseDocument(text);
  if (!isMap(contents) || contents.flow) throw unwritable('The file is no mapping of keys, one a line');
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === 'waivers');
  if (pair === undefined) return atTheEnd(text, contents, waiver);
  const { key, value } = pair as { key: { range: [number, number, number] }; value: unknown };
  if (isSeq(value) && value.items.length > 0) return value.flow ? inFlow(value, waiver) : inBlock(text, value, waiver);
  const colon = text.indexOf(':', key.range[1]) + 1;
  if (isSeq(value) && value.range) return instead(text, colon, value.range[1], waiver);
  if (value === null || (isScalar(value) && value.value === null)) {
    return instead(text, colon, isScalar(value) && value.source ? (value.range?.[1] ?? colon) : colon, waiver);
  }
  throw unwritable('Its waivers are no list of their own');
}

/** In the place of nothing; a comment behind it stays on its line. */
function instead(text: string, from: number, end: number, waiver: Waiver): Edit {
  const to = lineEnd(text, end);
  return { from, to, text: `${text.slice(end, to)}${block(waiver, 2)}` };
}

/** Behind the last waiver's last line, indented like the first. */
function inBlock(text: string, list: YAMLSeq, waiver: Waiver): Edit {
  const [first] = list.items as YAMLMap[];
  const last = list.items.at(-1) as YAMLMap;
  const dash = text.lastIndexOf('-', (first?.range?.[0] ?? 0) - 1);
  const indent = dash - (text.lastIndexOf('\n', dash) + 1);
  const at = lineEnd(text, last.range?.[1] ?? text.length);
  return { from: at, to: at, text: block(waiver, indent) };
}

/** A list on one line stays one; a mapping of JSON is one of YAML. */
function inFlow(list: YAMLSeq, waiver: Waiver): Edit {
  const at = (list.range?.[1] ?? 1) - 1;
  const last = (list.items.at(-1) as YAMLMap).range?.[1] ?? at;
  const { control, resource, reason, ticket, requestedBy, approvedBy, until } = waiver;
  const inOrder = {
    control,
    resource,
    reason,
    ...(ticket === undefined ? {} : { ticket }),
    requestedBy,
    approvedBy,
    until,
  };
  return { from: last, to: last, text: `, ${JSON.stringify(inOrder)}` };
}

function atTheEnd(text: string, { range }: YAMLMap, waiver: Waiver): Edit {
  const at = lineEnd(text, range?.[1] ?? text.length);
  return { from: at, to: at, text: `\n\nwaivers:${block(waiver, 2)}` };
}

/** The end of the line on which a node ended; its range may go over the line's end already. */
function lineEnd(text: string, offset: number): number {
  const inside = text.slice(0, offset).trimEnd().length;
  const end = text.indexOf('\n', inside);
  if (end < 0) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

function block(waiver: Waiver, indent: number): string {
  return waiverLines(waiver)
    .map((line) => `\n${' '.repeat(indent)}${line}`)
    .join('');
}

/** Both files say the same but for this waiver; anything else would be a mistake of ours, and is not written. */
function proveOnlyThis(before: string, after: string, waiver: Waiver): void {
  const was = parseDocument(before).toJS() as { waivers?: unknown[] | null };
  const wanted = { ...was, waivers: [...(was.waivers ?? []), waiver] };
  const document = parseDocument(after);
  if (document.errors.length > 0 || !isDeepStrictEqual(document.toJS(), wanted))
    throw unwritable('Its layout is an unusual one');
}

function unwritable(why: string): UserMistake {
  return new UserMistake(
    `${why}, so no waiver can be added by itself: write it by hand, as npx eks-warden explain shows it.`,
  );
}
