import { type AuditedServices, merge } from '../../support/cloud/audited/index.ts';
import type { LocalWorld } from '../../support/local-world/local-world.ts';
import { aSample } from '../../support/samples.ts';
import { unknownIn } from '../story/account-document.ts';
import { callerOf } from '../story/callers.ts';
import { StoryError } from '../story/read-story.ts';
import type { ActStep, Delivery, EventStep, Story, StoryStep } from '../story/schema.ts';
import type { Mail } from './mail.ts';

/** Everything that a step can move. */
export interface Stage {
  story: Story;
  account: string;
  region: string;
  world: LocalWorld;
  services: AuditedServices;
  mail: Mail;
  /** How the event of the act that is going on comes to us. */
  delivery: Delivery;
  /** What ends a fault, by its action. */
  faults: Map<string, () => void>;
  events: number;
}

export async function take(stage: Stage, step: StoryStep): Promise<void> {
  const { world, mail } = stage;
  if ('wait' in step) return step.wait === 'quiet' ? world.untilIdle() : world.advance(step.wait);
  if ('act' in step) return act(stage, step);
  if ('event' in step) return happen(stage, step);
  if ('change' in step) return change(stage, step.change);
  if ('slack' in step) return world.slack.next(step.slack);
  if ('shuffle' in step) {
    return mail.shuffled(step.seed, () => {
      for (const inner of step.shuffle) 'act' in inner ? act(stage, inner) : happen(stage, inner);
    });
  }
  fault(stage, step);
}

/** Changes the account without an event; what AWS does not know is a mistake in the story. */
function change({ services, account }: Stage, patch: unknown): void {
  const unknown = unknownIn(merge(services.account(account), patch));
  if (unknown.length > 0) throw new StoryError(`the account cannot be like that: ${unknown.join('; ')}.`);
  services.change(account, patch);
}

/** Somebody calls AWS. What AWS refuses without the story's saying so is a mistake in the story. */
function act(stage: Stage, step: ActStep): void {
  const { services, story, account, region } = stage;
  const { act: action, by, input, fails, repeat, late, lost } = step;
  stage.delivery = given({ repeat, late, lost });
  const { fault: refusal } = services.act({
    account,
    region: step.region ?? region,
    action,
    input,
    by: actorNamed(story, by, stage),
    ...(fails && { failsWith: fails }),
  });
  stage.delivery = {};
  if (refusal !== undefined && fails === undefined) {
    throw new StoryError(`${action} by ${by} is refused by the account: ${refusal.code}: ${refusal.message}`);
  }
}

/** An event without an act: a sample of its kind, or any envelope. It gets this moment's time and an id of its own. */
function happen(stage: Stage, step: EventStep): void {
  const { world, mail, account, story } = stage;
  stage.events += 1;
  const time = new Date(world.now()).toISOString().replace(/\.\d+Z$/, 'Z');
  const id = `0e5e0000-0000-4000-8000-${String(stage.events).padStart(12, '0')}`;
  const base: object = typeof step.event === 'string' ? { ...aSample(step.event), account, id, time } : step.event;
  const said = { ...(('detail' in base ? base.detail : {}) as object) };
  const isCall = 'eventName' in said;
  const { account: _, ...caller } = { account, ...(step.by ? actorNamed(story, step.by, stage) : {}) };
  const now =
    typeof step.event === 'string' && isCall ? { eventID: id, eventTime: time, recipientAccountId: account } : {};
  const detail = merge({ ...said, ...now, ...caller }, step.detail ?? {});
  mail.hand({ ...base, detail }, given(step));
}

function actorNamed(story: Story, name: string, { world, account, region }: Stage) {
  const actor = story.actors[name];
  if (actor === undefined) throw new StoryError(`${JSON.stringify(name)} is no actor of this story.`);
  return callerOf(actor, account, region, new Date(world.now()).toISOString());
}

type FaultStep = Extract<StoryStep, { deny: string } | { allow: string } | { fault: string }>;

function fault({ world, services, faults }: Stage, step: FaultStep): void {
  if ('allow' in step) {
    faults.get(step.allow)?.();
    faults.delete(step.allow);
    return;
  }
  const action = 'deny' in step ? step.deny : step.fault;
  const when = { action, ...(step.id !== undefined && { id: step.id }) };
  const lasts =
    'fault' in step
      ? { ...(step.times && { times: step.times }), ...(step.for && { until: world.now() + step.for }) }
      : {};
  faults.set(action, services.fault({ when, answer: 'deny' in step ? 'denied' : step.answer, ...lasts }));
}

function given({ repeat, late, lost }: { [K in keyof Delivery]?: Delivery[K] | undefined }): Delivery {
  return { ...(repeat && { repeat }), ...(late && { late }), ...(lost && { lost }) };
}
