import { type Document, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Problem } from '../runtime/errors.ts';
import { keysAt } from './keys-at.ts';
import { type Path, pathText, positionOf, writtenAt } from './positions.ts';
import { type Complaint, complaintsOf } from './sentences.ts';
import { plainOf, syntaxOf } from './syntax.ts';

/** A value as it stands in the file, e.g. `012345678901` for a number that has lost its zero. */
export type WrittenAt = (path: Path) => string | undefined;

/** Reads a YAML file that a person wrote: its value, or everything that is wrong with it, in the order of the file. */
export function readYaml(
  text: string,
  complaints: (value: unknown, writtenAt: WrittenAt) => readonly Complaint[],
): { value: unknown } | { problems: Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\uFEFF/, ''), { lineCounter: lines, prettyErrors: false });
  const { problems: syntax, isReadable } = syntaxOf(document, lines);
  if (!isReadable) return { problems: inOrder(syntax) };
  const plain = plainOf(document);
  if ('problem' in plain) return { problems: [plain.problem] };
  const found = complaints(plain.value, (path) => writtenAt(document, path));
  const problems = found.map((complaint) => placedIn(document, lines, complaint));
  if (problems.length > 0 || syntax.length > 0) return { problems: inOrder([...syntax, ...problems]) };
  return plain;
}

/** What a schema says of a value, then what goes `beyond` shapes, once for each place. */
export function complaintsBy(
  schema: z.ZodType,
  value: unknown,
  writtenAt: WrittenAt,
  beyond: () => readonly Complaint[],
): Complaint[] {
  const { error } = schema.safeParse(value, { reportInput: true });
  const misshapen = complaintsOf(error?.issues ?? [], { keysAt: (path) => keysAt(schema, path), writtenAt });
  const told = new Set(misshapen.map(({ path }) => pathText(path)));
  return [...misshapen, ...beyond().filter(({ path }) => !told.has(pathText(path)))];
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
