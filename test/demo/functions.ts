import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Baseline } from '../../shared/baseline/baseline.ts';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { packageFunctions } from '../../shared/derive/package.ts';
import { bundles } from '../support/local-world/bundles.ts';
import type { HandlerSource } from '../support/local-world/handlers.ts';
import type { Story } from './story/schema.ts';
import { baselineOf } from './story/story-baseline.ts';

export interface Functions {
  handlers: HandlerSource;
  baseline: Baseline;
}

/** Packages the functions as they are deployed, with the shipped baseline and what the story wants otherwise in it. */
export async function functionsFor(story: Story, into: string): Promise<Functions> {
  const text = baselineOf(story);
  const file = join(into, 'baseline.yml');
  mkdirSync(into, { recursive: true });
  writeFileSync(file, text);
  const { baseline } = loadBaseline(text, file, Date.now());
  await packageFunctions(join(into, 'functions'), file);
  return { handlers: bundles(join(into, 'functions')), baseline };
}
