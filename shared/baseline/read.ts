import { type Document, isAlias, LineCounter, type Node, parseDocument, visit, type YAMLError } from 'yaml';
import type { AnyControl } from '../controls/define-control.ts';
import type { AnyKind } from '../resources/kind.ts';
import type { Problem } from '../runtime/errors.ts';
import { contradictions } from './checks.ts';
import { keysAt } from './keys-at.ts';
import { pathText, positionOf, writtenAt } from './positions.ts';
import { type BaselineFile, baselineSchema } from './schema.ts';
import { type Complaint, complaintsOf } from './sentences.ts';

/** What a baseline is checked against. */
export interface Known {
  catalogue: readonly AnyControl[];
  kinds: readonly AnyKind[];
  /** The groups of the catalogue, for routes. */
  groups: readonly string[];
  /** Now (ms): a waiver may last a year from today. */
  now: number;
}

export type ReadBaseline = { data: BaselineFile } | { problems: Problem[] };

/** Reads `baseline.yml` and finds everything that is wrong with it at once, in the order of the file. */
export function readBaseline(text: string, known: Known): ReadBaseline {
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter: lines, prettyErrors: false });
  const syntax = document.errors.map((error) => inFile(error, lines));
  const dangling = danglingAliases(document, lines);
  if (document.errors.some(({ code }) => code !== 'DUPLICATE_KEY') || dangling.length > 0) {
    return { problems: inOrder([...syntax, ...dangling]) };
  }
  const plain = plainOf(document);
  if ('problem' in plain) return { problems: [plain.problem] };
  const complaints = complaintsAbout(plain.value, document, known);
  const problems = complaints.map((complaint) => placedIn(document, lines, complaint));
  if (problems.length > 0 || syntax.length > 0) return { problems: inOrder([...syntax, ...problems]) };
  return { data: plain.value as BaselineFile };
}

function complaintsAbout(value: unknown, document: Document, { catalogue, kinds, groups, now }: Known): Complaint[] {
  if (value === null || value === undefined) {
    return [{ path: [], at: 'value', problem: 'The file is empty: write at least catalogue and controls.' }];
  }
  const schema = baselineSchema(catalogue, groups);
  const { error } = schema.safeParse(value, { reportInput: true });
  const sources = {
    keysAt: (path: Complaint['path']) => keysAt(schema, path),
    writtenAt: (path: Complaint['path']) => writtenAt(document, path),
  };
  const misshapen = complaintsOf(error?.issues ?? [], sources);
  const controls = new Map(catalogue.map((control) => [control.id, control]));
  const told = new Set(misshapen.map(({ path }) => pathText(path)));
  const beyond = contradictions({ data: value, controls, kinds, now }).filter(({ path }) => !told.has(pathText(path)));
  return [...misshapen, ...beyond];
}

/** Anchors and aliases are resolved; ones that multiply beyond reason are refused. */
function plainOf(document: Document): { value: unknown } | { problem: Problem } {
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

const SYNTAX: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'This key stands here twice: keep one.',
  TAB_AS_INDENT: 'Indent with spaces, not with tabs.',
  MULTIPLE_DOCS: 'Write one document: remove what comes after ---.',
};

function inFile({ code, message, pos }: YAMLError, lines: LineCounter): Problem {
  const { line, col } = lines.linePos(pos[0]);
  return {
    path: '',
    line: Math.max(1, line),
    column: Math.max(1, col),
    problem: SYNTAX[code] ?? `${message.replace(/\.?$/, '')}.`,
  };
}

function placedIn(document: Document, lines: LineCounter, { path, at, problem }: Complaint): Problem {
  const text = pathText(path);
  return {
    path: text,
    ...positionOf(document as Document<Node>, lines, path, at),
    problem: text === '' ? problem : `${text}: ${problem}`,
  };
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => a.line - b.line || a.column - b.column || (a.problem < b.problem ? -1 : 1));
}
