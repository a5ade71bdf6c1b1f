import type { FunctionName } from '../../support/local-world/handlers.ts';
import type { TimedStep } from '../../support/local-world/steps.ts';
import type { Call, Entry } from './entry.ts';
import { dropped, eventsOf } from './events.ts';
import { fixSteps } from './fixes.ts';
import { looksOf } from './looks.ts';
import { noticeOf } from './told.ts';

/** What happens while one function runs: functions run one after the other, so all of it is its own. */
export interface Run {
  function: FunctionName;
  at: number;
  event: unknown;
  steps: TimedStep[];
  calls: Call[];
}

/** A call that an audited account was asked. */
export interface Asked {
  action: string;
  outcome: string;
}

export interface Chronicle {
  hear(step: TimedStep): void;
  /** Calls to audited accounts, told right after they were answered. */
  asked(calls: readonly Asked[]): void;
  scene(at: number, number: number, title: string, lead: string | undefined): void;
  entries: readonly Entry[];
}

/** Makes entries of what a world tells of itself; nothing is added to it. `fixRole` is the ARN of our own fixing role. */
export function chronicle(fixRole: string, onEntry: (entry: Entry) => void = () => undefined): Chronicle {
  const entries: Entry[] = [];
  let run: Run | undefined;
  const add = (...more: readonly Entry[]) => {
    for (const entry of more) {
      entries.push(entry);
      onEntry(entry);
    }
  };

  function hear(step: TimedStep): void {
    if (step.step === 'invocation') {
      run = { function: step.function, at: step.at, event: step.event, steps: [], calls: [] };
      return;
    }
    if (step.step === 'outcome') {
      if (run !== undefined) add(...entriesOf(run, fixRole));
      if (step.error !== undefined) add(trouble(step.at, `${step.function} failed: ${String(step.error)}`));
      run = undefined;
      return;
    }
    if (step.step === 'event' && !step.matched) add(dropped(step.at, step.event, fixRole));
    if (step.step === 'dead') add(trouble(step.at, `A message of the ${step.queue} queue went to its dead letters.`));
    if (step.step === 'lost') add(trouble(step.at, 'A batch of the stream was given up.'));
    run?.steps.push(step);
  }

  return {
    hear,
    asked: (calls) => run?.calls.push(...calls.map((call) => ({ ...call, times: 1 }))),
    scene: (at, number, title, lead) => add({ what: 'scene', at, number, title, lead }),
    entries,
  };
}

function entriesOf(run: Run, fixRole: string): Entry[] {
  switch (run.function) {
    case 'locate-change':
      return eventsOf(run, fixRole);
    case 'evaluate-resource':
      return looksOf(run);
    case 'remediate-finding':
      return fixSteps(run);
    case 'announce-finding':
      return run.steps.flatMap((step) => (step.step === 'publish' ? noticeOf(step.at, step.published, step.to) : []));
    case 'post-to-slack':
      return run.steps.flatMap((step) =>
        step.step === 'slack' ? [{ what: 'slack', at: step.at, post: step.post }] : [],
      );
  }
}

function trouble(at: number, text: string): Entry {
  return { what: 'trouble', at, text };
}
