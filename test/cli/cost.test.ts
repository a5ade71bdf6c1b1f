import { expect, it } from 'vitest';
import { dollarsOf } from '../../shared/reports/cost.ts';
import measured from '../../shared/reports/measured.json' with { type: 'json' };
import { costOfMonth } from '../../shared/reports/month.ts';
import { runCommand } from '../support/run-command.ts';

it('C-03: the command says what the measured calls come to, item by item, the dearest first', async () => {
  const [people, programs] = await Promise.all([
    runCommand(['cost', '--clusters', '100', '--events', '1000000']),
    runCommand(['cost', '--clusters', '100', '--events', '1000000', '--format', 'json']),
  ]);
  const lines = costOfMonth({ clusters: 100, events: 1_000_000 }, measured);
  const rows = people.out.slice(0, people.out.indexOf('\n\n')).split('\n');
  const dollars = rows.slice(1).map((row) => Number(row.split(/ {2,}/).at(-1)));
  const json = JSON.parse(programs.out);
  expect({
    codes: [people.code, programs.code],
    rows: rows.length,
    sorted: dollars.slice(0, -1).every((each, at) => at === 0 || each <= (dollars[at - 1] ?? 0)),
    sum: dollars.at(-1),
    json: json.lines,
  }).toEqual({
    codes: [0, 0],
    rows: lines.length + 2,
    sorted: true,
    sum: Math.round(dollarsOf(lines) * 100) / 100,
    json: lines,
  });
});

it('it says what would lower it, and what it assumes', async () => {
  const { out } = await runCommand(['cost']);
  expect(out.split('\n').filter((line) => /^What would|^For |^Assumed/.test(line))).toEqual([
    'What would lower it',
    expect.stringMatching(/^For 5 clusters with 60 resources each, 50,000 events\./),
    expect.stringMatching(/^Assumed: 60 ms for an answer of AWS/),
  ]);
});

it('what would lower it is said once, for the three items that cost most', async () => {
  const { out } = await runCommand(['cost', '--clusters', '100', '--events', '1000000']);
  const said = out.slice(out.indexOf('What would lower it'), out.indexOf('For 100 clusters'));
  expect(said.replace(/\s+/g, ' ').match(/[^.]+\./g)).toEqual([
    expect.stringContaining('Metrics, alarms and keys cost the same'),
    ' Controls that are off bring fewer events, and each event fewer looks.',
    expect.stringContaining('Most of it is waiting for AWS to answer'),
  ]);
});

it('a number that is none is a mistake', async () => {
  const { code, err } = await runCommand(['cost', '--clusters', 'many']);
  expect([code, err.split('\n')[0]]).toEqual([
    2,
    "error: option '--clusters <count>' argument 'many' is invalid. A whole number is wanted.",
  ]);
});
