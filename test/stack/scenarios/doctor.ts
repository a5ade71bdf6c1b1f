import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Check } from '../../../shared/cli/doctor/check.ts';
import { type Bench, untilQuiet } from '../bench.ts';
import { type Command, commandOf } from '../command.ts';
import { ARRIVING } from '../doctor/arriving.ts';
import { DENIED, roleWithout } from '../doctor/denied.ts';
import { NOT_BROKEN } from '../doctor/not-broken.ts';
import { TELLING } from '../doctor/telling.ts';
import { WORKING } from '../doctor/working.ts';
import { ROOT } from '../place.ts';

/** The checks of `doctor` that are not fine. */
async function notFineChecks(command: Command, ...args: readonly string[]): Promise<Check[]> {
  const { out, err } = await command('doctor', '--format', 'json', ...args);
  if (out === '') throw new Error(`doctor said nothing: ${err}`);
  const { checks } = JSON.parse(out) as { checks: Check[] };
  return checks.filter(({ state }) => state !== 'fine');
}

/** The same line by line, with what mends it. */
export async function notFine(command: Command, ...args: readonly string[]): Promise<string[]> {
  const checks = await notFineChecks(command, ...args);
  return checks.map(({ state, title, why, mend }) => `${state} ${title}: ${why} → ${mend}`);
}

/** What follows from something that was not read, without its name. */
const OF_IT = /the last sweep cannot be read|for how long is not known/;

/**
 * Each line of `doctor`, by breaking exactly that in the deployment: that line fails, and no other; so each proves too that
 * the one before it is green again. What the emulator cannot show stands in ../doctor/not-broken.ts.
 */
export function doctorScenarios(here: () => Bench): void {
  it('doctor: all lines of what was just deployed are green', async () => {
    await untilQuiet(here().stack);
    const { code, out } = await commandOf(here())('doctor');
    expect(out.split('\n').map((line) => line.replace(/:.*/, ''))).toEqual([
      '✓ Trail in eu-west-1',
      '✓ Trail in us-east-1',
      '✓ Rules in eu-west-1',
      '✓ Rules in us-east-1',
      '✓ Bus for collectors',
      '✓ Functions',
      '✓ Queues',
      '✓ Dead letters',
      '✓ Account 444455556666',
      '✓ Subscriptions',
      '✓ Slack',
      '✓ Last sweep',
      '✓ Rights to read',
      '✓ Event to verdict',
      '✓ Fixing',
      '',
      '15 checks',
      '',
    ]);
    expect(code).toBe(0);
  });

  // Of Slack first: while nothing is posted, no function learns of a secret that is not the right one.
  for (const { name, do: breakIt } of [...TELLING, ...WORKING, ...ARRIVING]) {
    it(`doctor: ${name}`, async () => {
      const { wrong, restore, environment } = await breakIt(here());
      try {
        expect(await notFine(commandOf(here(), environment))).toEqual(wrong);
      } finally {
        await restore();
      }
    });
  }

  it.each(DENIED)('doctor: without %s just its lines cannot be looked at, and name it', async (action, lines) => {
    const role = await roleWithout(here().stack, action);
    const checks = await notFineChecks(commandOf(here()), '--role-arn', role);
    const untold = checks.filter(({ state, why }) => state !== 'unknown' || !(why.includes(action) || OF_IT.test(why)));
    expect(untold).toEqual([]);
    // A queue that is just then at work is told of only where its age cannot be read.
    const titles = checks.filter(({ why }) => !why.includes('for how long')).map(({ title }) => title);
    expect(titles.filter((title) => !lines.some((line) => line.test(title)))).toEqual([]);
    expect(lines.filter((line) => !titles.some((title) => line.test(title)))).toEqual([]);
  });

  it('doctor: where the trails may not be read, just their lines cannot be looked at', async () => {
    const { stack } = here();
    const allow = stack.wire.fault({ action: 'cloudtrail:DescribeTrails', answer: 'denied' });
    const why = 'Denied: eks-warden needs cloudtrail:DescribeTrails for this';
    const told = await notFine(commandOf(here()));
    allow();
    expect(told.map((line) => line.replace(/ \(.*/, ''))).toEqual([
      `unknown Trail in eu-west-1: ${why}`,
      `unknown Trail in us-east-1: ${why}`,
    ]);
  });

  it.each(Object.keys(NOT_BROKEN))('doctor: %s: proven with a stand-in', (name) => {
    expect(readFileSync(join(ROOT, 'test', 'cli', 'doctor', 'after-deploy.test.ts'), 'utf8')).toContain(`'${name}'`);
  });

  it('doctor: all that was broken is green again', async () => {
    expect(await notFine(commandOf(here()))).toEqual([]);
  });
}
