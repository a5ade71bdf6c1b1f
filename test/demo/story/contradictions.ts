import type { Complaint } from '../../../shared/baseline/sentences.ts';
import { didYouMean } from '../../../shared/baseline/suggest.ts';
import { knows } from '../../support/cloud/audited/index.ts';
import { SAMPLE_NAMES } from '../../support/samples.ts';
import { documentOf, unknownIn } from './account-document.ts';
import { homeOf } from './home.ts';
import type { Story, StoryStep } from './schema.ts';
import { baselineComplaints } from './story-baseline.ts';

type At = readonly PropertyKey[];

/** What the shape alone cannot tell: actors, samples and actions that there are not, and a baseline that is none. */
export function contradictions(story: Story): Complaint[] {
  const ofSteps = story.scenes.flatMap(({ steps }, scene) =>
    steps.flatMap((step, index) => ofStep(step, ['scenes', scene, 'steps', index], story)),
  );
  return [...ofAccount(story), ...baselineComplaints(story), ...ofSteps];
}

function ofAccount(story: Story): Complaint[] {
  const { account, region } = homeOf(story);
  return unknownIn(documentOf(story, account, region)).map((problem) => wrong(['account', 'change'], `${problem}.`));
}

function ofStep(step: StoryStep, at: At, story: Story): Complaint[] {
  if ('shuffle' in step) {
    return step.shuffle.flatMap((inner, index) => ofStep(inner, [...at, 'shuffle', index], story));
  }
  if ('act' in step) {
    const problem = `${JSON.stringify(step.act)} is nothing that the accounts of stories can do.`;
    return [...(knows(step.act) ? [] : [wrong([...at, 'act'], problem)]), ...ofActor(step.by, at, story)];
  }
  if (!('event' in step)) return [];
  return [
    ...(typeof step.event === 'string' ? ofSample(step.event, at) : []),
    ...(step.by === undefined ? [] : ofActor(step.by, at, story)),
  ];
}

function ofActor(name: string, at: At, { actors }: Story): Complaint[] {
  if (Object.hasOwn(actors, name)) return [];
  const problem = `${JSON.stringify(name)} is no actor of this story.${didYouMean(name, Object.keys(actors))}`;
  return [wrong([...at, 'by'], problem)];
}

function ofSample(name: string, at: At): Complaint[] {
  if (SAMPLE_NAMES.includes(name)) return [];
  const problem = `${JSON.stringify(name)} is no sample in events/samples.${didYouMean(name, SAMPLE_NAMES)}`;
  return [wrong([...at, 'event'], problem)];
}

function wrong(path: At, problem: string): Complaint {
  return { path, at: 'value', problem };
}
