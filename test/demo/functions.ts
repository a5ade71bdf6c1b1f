import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Baseline } from '../../shared/baseline/baseline.ts';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { packageFunctions } from '../../shared/derive/package.ts';
import { eventPatterns } from '../../shared/derive/patterns.ts';
import { matchesPattern } from '../support/event-matcher.ts';
import { bundles } from '../support/local-world/bundles.ts';
import type { HandlerSource } from '../support/local-world/handlers.ts';
import type { Story } from './story/schema.ts';
import { baselineOf } from './story/story-baseline.ts';

export interface Functions {
  handlers: HandlerSource;
  baseline: Baseline;
  /** Whether a rule of the deployment takes an event: its derived patterns. */
  matches(event: unknown): boolean;
}

/** Packages the functions as they are deployed, with the shipped baseline and what the story wants otherwise in it. */
export async function functionsFor(story: Story, into: string): Promise<Functions> {
  const text = baselineOf(story);
  const file = join(into, 'baseline.yml');
  mkdirSync(into, { recursive: true });
  writeFileSync(file, text);
  const { baseline } = loadBaseline(text, file, Date.now());
  await packageFunctions(join(into, 'functions'), file);
  const rules = eventPatterns(baseline.controls);
  const matches = (event: unknown) => rules.some(({ pattern }) => matchesPattern(pattern, event));
  return { handlers: bundles(join(into, 'functions')), baseline, matches };
}
