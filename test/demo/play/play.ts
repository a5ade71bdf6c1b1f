import type { Item } from '../../../shared/aws/world.ts';
import { type AuditedServices, auditedServices, delivered } from '../../support/cloud/audited/index.ts';
import { type LocalWorld, localWorld } from '../../support/local-world/local-world.ts';
import { type Asked, chronicle } from '../chronicle/chronicle.ts';
import type { Entry } from '../chronicle/entry.ts';
import type { Functions } from '../functions.ts';
import { documentOf } from '../story/account-document.ts';
import { homeOf } from '../story/home.ts';
import { StoryError } from '../story/read-story.ts';
import type { Story } from '../story/schema.ts';
import { mail } from './mail.ts';
import { type Stage, take } from './steps.ts';

/** What is played: the functions, behind the rules that feed them. */
export type Playing = Pick<Functions, 'handlers' | 'matches'>;

/** A story at its end, its world still open. */
export interface Played {
  story: Story;
  account: string;
  region: string;
  entries: readonly Entry[];
  /** Each event that came to us, once, in the order of happening. */
  events: readonly unknown[];
  /** The table. */
  items: readonly Item[];
  world: LocalWorld;
  services: AuditedServices;
}

/** Plays a story from its first scene to its last; each scene ends when nothing is left to happen. Close the world afterwards. */
export async function play(story: Story, functions: Playing, onEntry?: (entry: Entry) => void): Promise<Played> {
  const { account, region } = homeOf(story);
  const told = chronicle(`arn:aws:iam::${account}:role/eks-warden-fix`, onEntry);
  const stage = await staged(story, account, region, functions);
  const { world, services } = stage;
  const stop = world.on((step) => {
    if (step.step === 'call') told.asked(callsOf(services));
    told.hear(step);
  });
  try {
    for (const [index, { title, lead, steps }] of story.scenes.entries()) {
      told.scene(world.now(), index + 1, title, lead);
      for (const [at, step] of steps.entries()) await placed(`scenes[${index}].steps[${at}]`, () => take(stage, step));
      await world.untilIdle();
    }
    stop();
    return {
      story,
      account,
      region,
      entries: told.entries,
      events: stage.mail.delivered,
      items: await world.items(),
      world,
      services,
    };
  } catch (error) {
    await world.close();
    throw error;
  }
}

/** A step that cannot be taken says which one it is. */
async function placed(where: string, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    throw error instanceof StoryError ? new StoryError(`${where}: ${error.message}`, { cause: error }) : error;
  }
}

async function staged(story: Story, account: string, region: string, functions: Playing): Promise<Stage> {
  let services: AuditedServices | undefined;
  const stage: Partial<Stage> & Pick<Stage, 'delivery'> = { delivery: {} };
  const world = await localWorld({
    now: story.start,
    account,
    region,
    handlers: functions.handlers,
    matches: functions.matches,
    audited: ({ now, put }) => {
      const post = mail(put);
      services = auditedServices({
        now,
        accounts: { [account]: documentOf(story, account, region) },
        onEvent: (detail) => post.hand(delivered(detail), stage.delivery),
      });
      Object.assign(stage, { mail: post, services });
      return services;
    },
  });
  return Object.assign(stage, { story, account, region, world, faults: new Map(), events: 0 }) as Stage;
}

function callsOf(services: AuditedServices): Asked[] {
  const calls = services.calls().map(({ action, outcome }) => ({ action, outcome }));
  services.forgetCalls();
  return calls;
}
