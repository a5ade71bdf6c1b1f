import { type Document, isAlias, type LineCounter, visit, type YAMLError } from 'yaml';
import type { Problem } from '../runtime/errors.ts';

const SENTENCES: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'This key stands here twice: keep one.',
  TAB_AS_INDENT: 'Indent with spaces, not with tabs.',
  MULTIPLE_DOCS: 'Write one document: remove what comes after ---.',
};

/** What is wrong with a file as YAML; `isReadable` where its values can be looked at all the same. */
export function syntaxOf(document: Document, lines: LineCounter): { problems: Problem[]; isReadable: boolean } {
  const dangling = danglingAliases(document, lines);
  const isReadable = document.errors.every(({ code }) => code === 'DUPLICATE_KEY') && dangling.length === 0;
  return { problems: [...document.errors.map((error) => inFile(error, lines)), ...dangling], isReadable };
}

/** Anchors and aliases are resolved; ones that multiply beyond reason are refused. */
export function plainOf(document: Document): { value: unknown } | { problem: Problem } {
  try {
    return { value: document.toJS({ maxAliasCount: 100 }) };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return {
      problem: { path: '', line: 1, column: 1, problem: 'Its aliases multiply beyond reason: write the values out.' },
    };
  }
}

function danglingAliases(document: Document, lines: LineCounter): Problem[] {
  const found: Problem[] = [];
  visit(document, (_, node) => {
    if (!isAlias(node) || node.resolve(document) !== undefined) return;
    const { line, col } = lines.linePos(node.range?.[0] ?? 0);
    found.push({
      path: '',
      line,
      column: col,
      problem: `The alias *${node.source} has no anchor &${node.source} before it.`,
    });
  });
  return found;
}

function inFile({ code, message, pos }: YAMLError, lines: LineCounter): Problem {
  const { line, col } = lines.linePos(pos[0]);
  return {
    path: '',
    line: Math.max(1, line),
    column: Math.max(1, col),
    problem: SENTENCES[code] ?? `${message.replace(/\.?$/, '')}.`,
  };
}
