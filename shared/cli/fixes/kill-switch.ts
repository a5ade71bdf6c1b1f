import { parameterOf, setParameter } from '../../aws/operator/parameters.ts';
import { needed } from '../../aws/operator/session.ts';
import { RUNNING } from '../../remediation/guards.ts';
import { UserMistake } from '../../runtime/errors.ts';
import { type Hub, idOf } from '../hub.ts';

/** Whatever is not `on` stops fixes; this says that a person meant it. */
const PAUSED = 'off';

/** Whether fixes may run: `none` where nothing may be fixed at all, so that there is no switch. */
export interface Fixing {
  state: 'runs' | 'paused' | 'none';
  /** The parameter's name; empty where there is none. */
  killSwitch: string;
}

export async function fixingOf(hub: Hub): Promise<Fixing> {
  const killSwitch = idOf(hub, 'KillSwitch') ?? '';
  if (killSwitch === '') return { state: 'none', killSwitch };
  const read = await parameterOf(hub.session, killSwitch);
  const value = read.outcome === 'gone' ? undefined : needed(read, '');
  return { state: value === RUNNING ? 'runs' : 'paused', killSwitch };
}

export function fixingText({ state, killSwitch }: Fixing): string {
  if (state === 'none') return 'Nothing may be fixed: no control of the deployed baseline is in approve or remediate.';
  if (state === 'runs') return `Fixing runs: ${killSwitch} is on. Pause it: npx eks-warden fixes pause`;
  return `Fixing is paused: ${killSwitch} is not on. Resume it: npx eks-warden fixes resume`;
}

/** Turns the switch and reads it again: what it returns is what the remediator sees from now on. */
export async function turn(hub: Hub, to: 'pause' | 'resume'): Promise<string> {
  const { state, killSwitch } = await fixingOf(hub);
  if (state === 'none') {
    throw new UserMistake(
      `Nothing can be ${to === 'pause' ? 'paused' : 'resumed'}: no control of the deployed baseline may be fixed, so there is no kill switch.`,
    );
  }
  const wanted = to === 'pause' ? 'paused' : 'runs';
  if (state === wanted) return `Nothing to do. ${fixingText({ state, killSwitch })}`;
  needed(await setParameter(hub.session, killSwitch, to === 'pause' ? PAUSED : RUNNING), '');
  const after = await fixingOf(hub);
  if (after.state !== wanted)
    throw new UserMistake(
      `${killSwitch} was written, and says something else now: somebody turned it at the same time.`,
    );
  return to === 'pause' ? pausedText(killSwitch) : resumedText(killSwitch);
}

function pausedText(killSwitch: string): string {
  return [
    `Fixing is paused: ${killSwitch} is ${PAUSED}.`,
    'The switch is read right before each call, so no call begins from now on; a call that AWS has taken already runs to its end.',
    'Findings are still found and told; each fix that is due is held, and its finding says so.',
    'Whoever may read the parameter sees it, and so does everybody who runs npx eks-warden fixes; CloudTrail keeps who turned it.',
    'Resume: npx eks-warden fixes resume',
  ].join('\n');
}

function resumedText(killSwitch: string): string {
  return [
    `Fixing runs again: ${killSwitch} is ${RUNNING}, and holds for the next fix at once.`,
    'What was held meanwhile is offered again by the next sweep: npx eks-warden sweep start, or tonight.',
  ].join('\n');
}
