import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseAst } from 'vitest/node';

export interface SourceFile {
  /** From the repository's root: `shared/aws/read.ts`. */
  path: string;
  text: string;
}

export interface Import {
  /** A package's name, or a path from the repository's root. */
  from: string;
  /** Gone when types are stripped. */
  typeOnly: boolean;
}

const ROOT = join(import.meta.dirname, '..', '..');

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

export function sourceFiles(...patterns: string[]): SourceFile[] {
  const paths = patterns.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).sort();
  return paths.map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

/** Every import and re-export of a file, dynamic ones included. */
export function importsOf(file: SourceFile): Import[] {
  return nodesOf(file).flatMap((node) => {
    const source = node.source as { value?: unknown } | null | undefined;
    if (!/^(?:Import|Export)/.test(node.type) || typeof source?.value !== 'string') return [];
    const kinds = ((node.specifiers ?? []) as Node[]).map(({ importKind }) => importKind);
    const typeOnly =
      node.importKind === 'type' ||
      node.exportKind === 'type' ||
      (kinds.length > 0 && kinds.every((kind) => kind === 'type'));
    const from = source.value.startsWith('.') ? normalize(join(dirname(file.path), source.value)) : source.value;
    return [{ from, typeOnly }];
  });
}

/** Every function of a file with the lines that it takes, by the line it begins on. */
export function functionsOf(file: SourceFile): { line: number; lines: number }[] {
  const lineAt = (offset: number) => file.text.slice(0, offset).split('\n').length;
  return nodesOf(file)
    .filter(({ type }) => /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(type))
    .map(({ start, end }) => ({ line: lineAt(start), lines: lineAt(end) - lineAt(start) + 1 }));
}

export function linesOf({ text }: SourceFile): number {
  return text.trimEnd().split('\n').length;
}

function nodesOf({ path, text }: SourceFile): Node[] {
  return within(parseAst(text, { lang: 'ts' }, path));
}

function within(value: unknown): Node[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(within);
  return 'type' in value && typeof value.type === 'string' ? [value as Node, ...inner] : inner;
}
