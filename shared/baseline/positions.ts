import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type Pair } from 'yaml';

export type Path = readonly PropertyKey[];
export interface Position {
  line: number;
  column: number;
}

/** Where in the file a path stands. For a key that is missing: the mapping that lacks it. */
export function positionOf(document: Document, lines: LineCounter, path: Path, at: 'key' | 'value'): Position {
  let node = document.contents as Node | null;
  let offset = startOf(node);
  for (const [index, step] of path.entries()) {
    const inside = isAlias(node) ? node.resolve(document) : node;
    const pair = isMap(inside) ? inside.items.find(({ key }) => nameOf(key) === String(step)) : undefined;
    const child = pair ? (pair.value as Node | null) : isSeq(inside) ? (inside.items[Number(step)] as Node) : undefined;
    if (child === undefined) break;
    const last = index === path.length - 1;
    offset = pair && (child === null || (last && at === 'key')) ? keyStart(pair) : startOf(child);
    node = child;
  }
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/** What stands in the file for a value, e.g. `012345678901` for a number that has lost its zero. */
export function writtenAt(document: Document, path: Path): string | undefined {
  const node = document.getIn([...path], true);
  return isScalar(node) ? node.source : undefined;
}

/** `controls["node-no-ssh"].params.allowed[0]`. */
export function pathText(path: Path): string {
  const parts = path.map((step) =>
    typeof step === 'number'
      ? `[${step}]`
      : /^\w+$/.test(String(step))
        ? `.${String(step)}`
        : `[${JSON.stringify(String(step))}]`,
  );
  return parts.join('').replace(/^\./, '');
}

function nameOf(key: unknown): string | undefined {
  return isScalar(key) ? String(key.value) : undefined;
}

function keyStart({ key }: Pair): number {
  return startOf(key as Node | null);
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}
