import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

/** A page of the documentation, by its path in the repository. */
export interface Page {
  path: string;
  text: string;
}

/** A fenced block of a page, and the line that it begins at. */
export interface Block {
  page: string;
  line: number;
  language: string;
  text: string;
}

/** Every page that a reader is led to, the derived ones included. */
export function pages(): Page[] {
  return globSync(['*.md', 'docs/**/*.md', 'events/**/*.md'], { cwd: ROOT })
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

export function blocksOf({ path, text }: Page): Block[] {
  return [...text.matchAll(/^```(\w*)[^\n]*\n([\s\S]*?)^```$/gm)].map(
    ({ index, 1: language = '', 2: inside = '' }) => ({
      page: path,
      line: text.slice(0, index).split('\n').length,
      language,
      text: inside,
    }),
  );
}

/** Where the links and pictures of a page lead within the repository, without what follows a `#`. */
export function linksOf({ text }: Page): string[] {
  const prose = text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
  const found = [...prose.matchAll(/\]\(([^)\s]+)\)|\b(?:src|href)="([^"]+)"/g)].map(
    ([, link, source]) => link ?? source ?? '',
  );
  return found.filter((link) => !/^(?:[a-z]+:|#)/.test(link)).map((link) => link.replace(/#.*/, ''));
}
