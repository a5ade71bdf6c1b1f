import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aSample, SAMPLE_NAMES } from '../support/samples.ts';

/** CloudTrail's own files are no larger. */
const MOST_BYTES = 50_000_000;
/** A sample is no larger. */
const MOST_RECORD = 8000;
/** Of a hundred records so many are reads, as in the logs of most accounts. */
const READS = 88;
const CALLS = [
  ['eks', 'DescribeCluster'],
  ['ec2', 'DescribeInstances'],
  ['sts', 'AssumeRole'],
  ['s3', 'GetBucketAcl'],
  ['kms', 'Decrypt'],
  ['ecr', 'BatchGetImage'],
] as const;

/** Writes CloudTrail files of this many bytes together: mostly reads, between them every sample event and others that nobody watches. */
export function writeLogs(folder: string, bytes: number): { files: number; bytes: number; records: number } {
  const templates = recordTexts();
  let files = 0;
  let written = 0;
  let records = 0;
  while (bytes - written > MOST_RECORD) {
    const parts: string[] = [];
    let size = 14;
    while (size < Math.min(MOST_BYTES, bytes - written) - MOST_RECORD) {
      const text = (templates[records % templates.length] ?? '').replace('EVENT-ID', idOf(records));
      parts.push(text);
      size += Buffer.byteLength(text) + 1;
      records += 1;
    }
    const file = `{"Records":[${parts.join(',')}]}`;
    writeFileSync(join(folder, `logs-${String(files).padStart(4, '0')}.json`), file);
    files += 1;
    written += Buffer.byteLength(file);
  }
  return { files, bytes: written, records };
}

function recordTexts(): string[] {
  const watched = SAMPLE_NAMES.map((name) => aSample(name)).filter(({ detail }) => 'eventName' in detail);
  const details = watched.map(({ detail }) => detail);
  const count = Math.ceil((details.length * 100) / (100 - READS));
  const share = count / details.length;
  return Array.from({ length: count }, (_, i) => {
    const detail = details[Math.floor(i / share)] ?? {};
    const isWatched = i % Math.ceil(share) === 0;
    return JSON.stringify({ ...(isWatched ? detail : aRead(detail, i)), eventID: 'EVENT-ID' });
  });
}

function aRead(detail: Record<string, unknown>, i: number): Record<string, unknown> {
  const [service, eventName] = CALLS[i % CALLS.length] ?? CALLS[0];
  return { ...detail, eventSource: `${service}.amazonaws.com`, eventName, readOnly: true };
}

function idOf(n: number): string {
  return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
}
