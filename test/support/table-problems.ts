import { isDeepStrictEqual } from 'node:util';
import type { AnyControl } from '../../shared/controls/define-control.ts';
import { type AnyTable, type Example, examplesOf } from './control-table.ts';

/** What a control's table leaves unshown or says twice; an empty list is right. */
export function tableProblems(control: AnyControl, table: AnyTable): string[] {
  const examples = examplesOf(table);
  const rows = examples.map(({ row }) => row);
  const used = new Set(rows.flatMap(({ message, also = [] }) => [message, ...also.map((each) => each.message)]));
  const set = new Set(rows.flatMap(({ params = {} }) => Object.keys(params)));
  const alike = examples.filter(({ row }, at) => rows.slice(0, at).some((other) => isAlike(row, other)));
  const names = examples.map(({ name }) => name);
  return [
    ...(['passes', 'fails'] as const).flatMap((heading) =>
      Object.keys(table[heading]).length === 0 ? [`Nothing stands under ${heading}.`] : [],
    ),
    ...Object.keys(control.messages).flatMap((name) => (used.has(name) ? [] : [`No row fails with ${name}.`])),
    ...Object.keys(control.params.shape).flatMap((name) => (set.has(name) ? [] : [`No row sets ${name}.`])),
    ...alike.map(({ name }) => `"${name}" repeats another row.`),
    ...names.flatMap((name, at) => (names.indexOf(name) < at ? [`Two rows are called "${name}".`] : [])),
  ];
}

function isAlike(a: Example['row'], b: Example['row']): boolean {
  return (
    a.now === b.now && isDeepStrictEqual(a.params ?? {}, b.params ?? {}) && isDeepStrictEqual(a.subject, b.subject)
  );
}
