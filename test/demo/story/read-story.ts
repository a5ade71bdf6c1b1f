import { LineCounter, parseDocument } from 'yaml';
import { keysAt } from '../../../shared/baseline/keys-at.ts';
import { pathText, positionOf, writtenAt } from '../../../shared/baseline/positions.ts';
import { type Complaint, complaintsOf } from '../../../shared/baseline/sentences.ts';
import { plainOf, syntaxOf } from '../../../shared/baseline/syntax.ts';
import { namesOf } from '../../support/cloud/audited/index.ts';
import { contradictions } from './contradictions.ts';
import { homeOf } from './home.ts';
import { named } from './named.ts';
import { type Story, storySchema } from './schema.ts';

/** A story that cannot be played: every problem, each a sentence with its line. */
export class StoryError extends Error {
  override name = 'StoryError';
}

/** Reads a story; throws a `StoryError` with everything that is wrong with it. */
export function readStory(source: string, file: string): Story {
  const lines = new LineCounter();
  const document = parseDocument(source.replace(/^\uFEFF/, ''), { lineCounter: lines, prettyErrors: false });
  const told = (problems: readonly { line: number; problem: string }[]) =>
    new StoryError(problems.map(({ line, problem }) => `${file}:${line} ${problem}`).join('\n'));
  const syntax = syntaxOf(document, lines);
  if (syntax.problems.length > 0) throw told(syntax.problems);
  const plain = plainOf(document);
  if ('problem' in plain) throw told([plain.problem]);
  const read = shaped(plain.value, (path) => writtenAt(document, path));
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
  const { account, region } = homeOf(value);
  const { value: filled, unknown } = named(value, namesOf(account, region));
  if (unknown.length > 0) return { complaints: unknown };
  const read = storySchema.safeParse(filled, { reportInput: true });
  if (read.success) return { story: read.data };
  const sources = { keysAt: (path: Complaint['path']) => keysAt(storySchema, path), writtenAt: written };
  return { complaints: complaintsOf(read.error.issues, sources) };
}
