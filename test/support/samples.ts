import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An event as EventBridge delivers it. */
export interface SampleEvent {
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: Record<string, unknown>;
}

const FOLDER = join(import.meta.dirname, '..', '..', 'events', 'samples');

/** The names of all samples in the order of the alphabet: `eks-CreateCluster`. */
export const SAMPLE_NAMES: readonly string[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length))
  .sort();

export function sampleText(name: string): string {
  return readFileSync(join(FOLDER, `${name}.json`), 'utf8');
}

/** A fresh copy of a sample, with fields of its detail replaced; undefined takes one away. */
export function aSample(name: string, detail: Record<string, unknown> = {}): SampleEvent {
  const event: SampleEvent = JSON.parse(sampleText(name));
  const fields = Object.entries({ ...event.detail, ...detail }).filter(([, value]) => value !== undefined);
  return { ...event, detail: Object.fromEntries(fields) };
}
