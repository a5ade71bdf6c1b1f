import { type Document, LineCounter, type Node, parseDocument } from 'yaml';
import type { AnyControl } from '../controls/define-control.ts';
import type { AnyKind } from '../resources/kind.ts';
import type { Problem } from '../runtime/errors.ts';
import { contradictions } from './checks.ts';
import { keysAt } from './keys-at.ts';
import { pathText, positionOf, writtenAt } from './positions.ts';
import { type BaselineFile, baselineSchema } from './schema.ts';
import { type Complaint, complaintsOf } from './sentences.ts';
import { plainOf, syntaxOf } from './syntax.ts';

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
  const { problems: syntax, isReadable } = syntaxOf(document, lines);
  if (!isReadable) return { problems: inOrder(syntax) };
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
