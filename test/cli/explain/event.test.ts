import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { explainEvent } from '../../../shared/cli/explain/event.ts';
import { eventText } from '../../../shared/cli/explain/event-text.ts';
import { CATALOGUE } from '../../../shared/controls/catalogue.ts';
import { aBaseline } from '../../support/a-baseline.ts';
import { runCommand } from '../../support/run-command.ts';
import { aSample, SAMPLE_NAMES, sampleText } from '../../support/samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
afterAll(() => rmSync(folder, { recursive: true }));
const run = (input: string, ...args: string[]) => runCommand(['explain', ...args], { cwd: folder, input });

it('an event on standard input: what is read again, and that the table was not asked', async () => {
  const { code, err, out } = await run(sampleText('eks-UpdateNodegroupConfig'), '-');
  const lines = out.split('\n');
  const at = lines.indexOf('What is read again');
  expect([code, err, lines[2], lines.slice(at + 1, at + 3), lines.at(-3)]).toEqual([
    0,
    '',
    'It is acted on',
    [
      '  nodegroup payments/workers (111122223333, eu-west-1): iam-node-role,',
      '    node-no-ssh, node-os-optimized, node-private-subnets, node-sg-ingress',
    ],
    '  The findings table was not asked: where the hub is named (--stack,',
  ]);
});

it('an event that is ignored says why, and which controls would ask for it', async () => {
  writeFileSync(join(folder, 'off.yml'), 'catalogue: 1\ncontrols:\n  node-no-ssh: notify\n');
  const failed = JSON.stringify(aSample('eks-UpdateClusterConfig', { errorCode: 'AccessDenied' }));
  const off = await runCommand(['--baseline', 'off.yml', 'explain', '-'], {
    cwd: folder,
    input: sampleText('iam-PutRolePolicy'),
  });
  const told = (await run(failed, '-')).out;
  const paragraph = (text: string) => text.split('\n\n')[1]?.trimEnd();
  expect([paragraph(told), paragraph(off.out)]).toEqual([
    'It is ignored: failed call\n  The call failed, so it changed nothing.',
    `It is ignored: not watched
  No control that is on asks for this event, and it is none of the life of
    what they judge.
  Controls that would ask for it are off in the baseline:
    iam-eks-wildcard-policy, iam-irsa-trust-scoped, iam-node-role.`,
  ]);
});

it('a file without one event is a sentence', async () => {
  const [two, empty] = [join(folder, 'two.json'), join(folder, 'empty.json')];
  const sample = sampleText('eks-DeleteCluster');
  writeFileSync(two, `[${sample},${sample}]`);
  writeFileSync(empty, '{');
  expect([(await run('', two)).err, (await run('', empty)).err]).toEqual([
    `eks-warden: ${two} holds 2 events: name one, or see them all with npx eks-warden replay.\n`,
    expect.stringMatching(/^eks-warden: .*empty\.json holds no event: .+\n$/),
  ]);
});

it('every sample is explained, as the deployed functions would take it', () => {
  const explained = SAMPLE_NAMES.map((name) => explainEvent(aSample(name), aBaseline(CATALOGUE)));
  const output = { width: 80, colour: { bold: String, dim: String, red: String } as never };
  const texts = explained.map((each) => eventText(each, output));
  expect(texts.flatMap((text) => text.split('\n').filter((line) => line.length > 80 && line.includes(' ', 5)))).toEqual(
    [],
  );
  expect(
    explained.filter(
      ({ ignored, rechecks, sightings }) => (ignored === undefined) === (rechecks.length + sightings.length === 0),
    ),
  ).toEqual([]);
});
