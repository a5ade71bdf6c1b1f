import { LineCounter, parseDocument } from 'yaml';
import { keysAt } from '../../../shared/baseline/keys-at.ts';
import { pathText, positionOf, writtenAt } from '../../../shared/baseline/positions.ts';
import { type Complaint, complaintsOf } from '../../../shared/baseline/sentences.ts';
import { namesOf } from '../../support/cloud/audited/index.ts';
import { contradictions } from './contradictions.ts';
import { named } from './named.ts';
import { type Story, storySchema } from './schema.ts';

/** A story that cannot be played: every problem, each a sentence with its line. */
export class StoryError extends Error {
  override name = 'StoryError';
}

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

/** Reads a story; throws a `StoryError` with everything that is wrong with it. */
export function readStory(source: string, file: string): Story {
  const lines = new LineCounter();
  const document = parseDocument(source.replace(/^\uFEFF/, ''), { lineCounter: lines, prettyErrors: false });
  const told = (problems: readonly { line: number; problem: string }[]) =>
    new StoryError(problems.map(({ line, problem }) => `${file}:${line} ${problem}`).join('\n'));
  if (document.errors.length > 0) {
    throw told(document.errors.map(({ pos, message }) => ({ line: lines.linePos(pos[0]).line, problem: message })));
  }
  const read = shaped(document.toJS({ maxAliasCount: 100 }), (path) => writtenAt(document, path));
  const complaints = 'story' in read ? contradictions(read.story) : read.complaints;
  if ('story' in read && complaints.length === 0) return read.story;
  throw told(
    complaints
      .map(({ path, at, problem }) => {
        const { line } = positionOf(document, lines, path, at);
        const where = pathText(path);
        return { line, problem: where === '' ? problem : `${where}: ${problem}` };
      })
      .sort((a, b) => a.line - b.line),
  );
}

/** The names of the base account are filled in before the shape is checked. */
function shaped(
  value: unknown,
  written: (path: Complaint['path']) => string | undefined,
): { story: Story } | { complaints: Complaint[] } {
  if (value === null || value === undefined) {
    return { complaints: [{ path: [], at: 'value', problem: 'The file is empty: write at least title and scenes.' }] };
  }
  const { id = ACCOUNT, region = REGION } = accountOf(value);
  const { value: filled, unknown } = named(value, namesOf(id, region));
  if (unknown.length > 0) return { complaints: unknown };
  const read = storySchema.safeParse(filled, { reportInput: true });
  if (read.success) return { story: read.data };
  const sources = { keysAt: (path: Complaint['path']) => keysAt(storySchema, path), writtenAt: written };
  return { complaints: complaintsOf(read.error.issues, sources) };
}

function accountOf(value: unknown): { id?: string; region?: string } {
  const account = (value as { account?: unknown }).account;
  if (typeof account !== 'object' || account === null) return {};
  const { id, region } = account as Record<string, unknown>;
  return { ...(typeof id === 'string' && { id }), ...(typeof region === 'string' && { region }) };
}
