import { marked, type Token } from 'marked';
import { expect, it } from 'vitest';
import { render } from '../../../shared/reports/formats/index.ts';
import { md } from '../../../shared/reports/formats/markdown.ts';
import { plain } from '../../../shared/runtime/terminal.ts';
import { aHostileReport, aReport } from '../../support/a-report.ts';
import { HOSTILE } from '../../support/hostile.ts';

/** The kinds of all that a reader makes of it, but for how text is cut into pieces. */
function shapeOf(text: string): string[] {
  const shape: string[] = [];
  marked.walkTokens(marked.lexer(text), (token: Token) => {
    if (token.type !== 'text' && token.type !== 'escape' && token.type !== 'space') shape.push(token.type);
  });
  return shape;
}

const TEXTS = [
  ...HOSTILE,
  'www.evil.example',
  'ada@evil.example',
  '![x](https://evil.example/x.png)',
  '| a | b |',
  '\\',
  '\\|',
];

it('IN-06: names that try to be links, images, markup or cells stay text', () => {
  const benign = shapeOf(render(aHostileReport('benign'), 'markdown'));
  const broken = TEXTS.filter(
    (text) => text !== '' && shapeOf(render(aHostileReport(text.slice(0, 2000)), 'markdown')).join() !== benign.join(),
  );
  expect(broken).toEqual([]);
});

it('IN-06: what is read is what was written', () => {
  const read = (text: string) => {
    const pieces: string[] = [];
    marked.walkTokens(marked.lexer(`x ${md(text)} x`), (token: Token) => {
      if (token.type === 'escape' || (token.type === 'text' && !token.tokens)) pieces.push(token.text);
    });
    return pieces.join('');
  };
  const texts = TEXTS.map((text) => text.slice(0, 500)).filter((text) => text.trim() === text && !/\s\s/.test(text));
  expect(texts.map(read)).toEqual(texts.map((text) => `x ${plain(text)} x`));
});

it('what fails stands first, and what could not be read is never left out', () => {
  const text = render(aReport({ partial: 'It was stopped.' }), 'markdown');
  expect(text.split('\n').filter((line) => /^(?:#|\*)/.test(line))).toEqual([
    '# eks-warden',
    '**Incomplete:** It was stopped. What is missing is not in order.',
    '## What fails (8)',
    '## What is unknown (2)',
    '## What could not be listed (1)',
    '* repository in 111122223333 eu-west-1\\: ecr\\:DescribeRepositories was refused. The permission ecr\\:DescribeRepositories is missing.',
    '## What is waived (1)',
    '## Controls',
  ]);
});
