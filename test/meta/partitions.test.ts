import { expect, it } from 'vitest';
import { sourceFiles } from '../support/source-files.ts';

const FILES = sourceFiles(
  'shared/**/*.{ts,mjs}',
  'functions/**/*.{ts,yml,json}',
  'events/*.{yml,json}',
  '*.yml',
  'docs/*.schema.json',
);

/** What would hold in one partition only. */
const LITERALS = {
  'an ARN': /\barn:aws[a-z-]*:/,
  'a console': /\bconsole\.(?:aws\.amazon|amazonaws)/,
  'a host of Slack': /\bslack(?:-gov)?\.com\b/,
  'an endpoint': /\bhttps?:\/\/[\w.${}-]*amazonaws\.com|\b[a-z0-9-]+\.[a-z]{2}(?:-[a-z]+)+-\d\.amazonaws\.com/,
  'a region of IAM': /\b(?:us-east-1|us-gov-west-1|cn-north-1)\b/,
} as const;
type Literal = keyof typeof LITERALS;

/** Where one may stand, and why. */
const ALLOWED: Readonly<Record<string, { literals: readonly Literal[]; because: string }>> = {
  'shared/aws/partition.ts': {
    literals: ['a console', 'a region of IAM'],
    because: 'It is the table of what differs between the partitions.',
  },
  'shared/notices/webhook.ts': {
    literals: ['a host of Slack'],
    because: 'It is the list of hosts that a post may go to, by partition.',
  },
  'shared/notices/slack-secret.ts': {
    literals: ['a host of Slack'],
    because: 'It is where the Web API is, by partition.',
  },
  'shared/aws/snapshot/replaying.ts': {
    literals: ['a region of IAM'],
    because: 'A snapshot without any read has no region; nothing is ever asked there.',
  },
  'shared/reports/prices.ts': {
    literals: ['a region of IAM'],
    because: 'The prices are those of one region, and say so.',
  },
  'shared/cli/cost/command.ts': {
    literals: ['a region of IAM'],
    because: 'It says of which region the prices are.',
  },
  'shared/cli/cost/tell.ts': {
    literals: ['a region of IAM'],
    because: 'It says of which region the prices are.',
  },
  'shared/cli/examples.ts': {
    literals: ['a region of IAM'],
    because: 'An example of what to type.',
  },
  'shared/resources/role.ts': {
    literals: ['an endpoint'],
    because: 'An example within a comment.',
  },
  'deploy.yml': {
    literals: ['an ARN'],
    because: 'Examples within comments, which show what to write.',
  },
};

const found = FILES.flatMap(({ path, text }) =>
  Object.entries(LITERALS).flatMap(([literal, pattern]) => (pattern.test(text) ? [{ path, literal }] : [])),
);

it('nothing names a partition, or a host or region of one, but the tables of what differs', () => {
  const allowed = ({ path, literal }: { path: string; literal: string }) =>
    ALLOWED[path]?.literals.some((each) => each === literal);
  expect(found.filter((each) => !allowed(each)).map(({ path, literal }) => `${path} has ${literal}`)).toEqual([]);
});

it('every exception is still one', () => {
  const listed = Object.entries(ALLOWED).flatMap(([path, { literals }]) =>
    literals.map((literal) => ({ path, literal })),
  );
  const stale = listed.filter(
    ({ path, literal }) => !found.some((each) => each.path === path && each.literal === literal),
  );
  expect(stale).toEqual([]);
});

it('what deploy.yml says in its comments is all that it says of ARNs', () => {
  const lines = FILES.find(({ path }) => path === 'deploy.yml')?.text.split('\n') ?? [];
  expect(lines.filter((line) => LITERALS['an ARN'].test(line) && !line.startsWith('#'))).toEqual([]);
});
