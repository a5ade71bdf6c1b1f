import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createColors } from 'picocolors';
import { awsSession } from '../../shared/aws/session.ts';
import type { Baseline } from '../../shared/baseline/baseline.ts';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { explain } from '../../shared/cli/explain/explain.ts';
import { judgeScopes } from '../../shared/cli/reporting/judge-scopes.ts';
import { toReport } from '../../shared/cli/reporting/to-report.ts';
import { json } from '../../shared/reports/formats/json.ts';
import type { Report, Reported } from '../../shared/reports/report.ts';
import { REGION } from '../stack/place.ts';
import type { Names } from '../support/cloud/audited/index.ts';
import { START } from '../support/pipeline.ts';
import type { Case } from './cases/case.ts';
import type { AwsCli, Ran } from './shell.ts';

/** What came of following a fix to its end. */
export interface Followed {
  ended: string;
  /** Commands that AWS or the CLI refused. */
  refused: readonly string[];
  rounds: number;
}

const SILENT = { out: () => undefined, err: () => undefined, colour: createColors(false), width: 80 };
/** A word in capitals that a person has to replace. */
const CAPITALS =
  /(?<!\$)\b(?:[A-Z]+_)+(?:ARN|ID|NAME|VERSION)\b(?!=)|\b(?:REGION|CLUSTER|ISSUER|NAMESPACE|SERVICE_ACCOUNT|NODE_GROUP)\b/;

/** Looks, has `explain` say what to do, does that with the AWS CLI, and looks again, until the finding is no more. */
export async function follow(one: Case, names: Names, url: string, cli: AwsCli): Promise<Followed> {
  const { account } = names;
  const baseline = baselineOf(one, account);
  const scan = () => scanned(account, url, baseline);
  const isIt = ({ control, verdict, said }: Reported) =>
    control === one.control && verdict === 'fail' && said.some(({ reason }) => reason === one.reason);
  let report = await scan();
  const found = report.verdicts.find(isIt);
  if (found === undefined) return { ended: `not found: ${verdictsOf(report, one.control)}`, refused: [], rounds: 0 };
  const before = new Set(report.verdicts.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id));
  const words = await wordsOf(one.words?.(names) ?? {}, (command) => cli.shell(account, [command]));
  const refused: string[] = [];
  for (let round = 1; ; round += 1) {
    const ran = await cli.shell(account, replaced(await linesFor(found.id, report), words));
    refused.push(...ran.filter(({ code }) => code !== 0).map(asText));
    report = await scan();
    const now = report.verdicts.find(({ id }) => id === found.id);
    if (now?.verdict !== 'fail' || round >= (one.rounds ?? 1) || refused.length > 0) {
      return { ended: now?.verdict ?? endedWithout(report, one, before), refused, rounds: round };
    }
  }
}

/** It is gone; then nothing that took its place may fail. */
function endedWithout({ verdicts }: Report, { control }: Case, before: ReadonlySet<string>): string {
  const failing = verdicts.filter(
    (each) => each.control === control && each.verdict === 'fail' && !before.has(each.id),
  );
  return failing.length === 0 ? 'gone' : `gone, and ${failing.map(({ id }) => id).join(', ')} fails`;
}

const asText = ({ words, code, text }: Ran) => `${words.join(' ')} → ${code} ${text.trim()}`;

function verdictsOf({ verdicts }: Report, control: string): string {
  const all = verdicts.filter((each) => each.control === control);
  return all.map(({ id, verdict, said, unread }) => JSON.stringify({ id, verdict, said, unread })).join(' ');
}

/** A baseline of one control, for one account. */
function baselineOf({ control, params = {} }: Case, account: string): Baseline {
  const setting = JSON.stringify({ mode: 'notify', params });
  const text = `catalogue: 1\naccounts: ['${account}']\ncontrols:\n  ${control}: ${setting}\n`;
  return loadBaseline(text, 'baseline.yml', START).baseline;
}

async function scanned(account: string, endpoint: string, baseline: Baseline): Promise<Report> {
  const sdk = { endpoint, credentials: { accessKeyId: account, secretAccessKey: 'sample' } };
  const aws = awsSession({ home: { account, region: REGION }, now: () => START, client: { sdk } });
  const scopes = [REGION, 'global'].map((region) => ({ account, region }));
  const { states, scopes: judged } = await judgeScopes({ aws, baseline, scopes, at: START });
  return toReport(states, baseline, {}, { at: START, source: 'scan', scopes: judged });
}

/** The command lines that `explain` prints for a finding of a scan. */
async function linesFor(id: string, report: Report): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
  try {
    const from = join(folder, 'scan.json');
    writeFileSync(from, json(report));
    const printed = JSON.parse(await explain([id], { from, format: 'json' }, SILENT, START)) as {
      repair: { cli: string[] };
    };
    return printed.repair.cli;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Words = Readonly<Record<string, string | null>>;

/** What a person finds out by a command first is found out. */
async function wordsOf(words: Words, run: (command: string) => Promise<Ran[]>): Promise<Words> {
  const known = Object.entries(words).map(async ([word, by]) => {
    if (!by?.startsWith('aws ')) return [word, by] as const;
    const [{ text } = { text: '' }] = await run(by);
    return [word, text.trim()] as const;
  });
  return Object.fromEntries(await Promise.all(known));
}

function replaced(lines: readonly string[], words: Words): string[] {
  const commands = lines.filter((line) => !line.startsWith('#'));
  const left = commands.filter((line) => !Object.entries(words).some(([word, by]) => by === null && has(line, word)));
  const filled = left.map((line) =>
    Object.entries(words).reduce(
      (text, [word, by]) => text.replace(new RegExp(`\\b${word}\\b`, 'g'), () => by ?? ''),
      line,
    ),
  );
  const open = filled.find((line) => CAPITALS.test(line));
  if (open !== undefined) throw new Error(`Nobody says what stands in place of the words in capitals: ${open}`);
  return filled;
}

const has = (line: string, word: string) => new RegExp(`\\b${word}\\b`).test(line);
