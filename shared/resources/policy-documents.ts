import { known, onFound, type Read } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';
import { jsonOf } from '../runtime/json-of.ts';
import { decoded } from './arn.ts';
import type { Json } from './json.ts';

/** A policy as a JSON object, from plain text or as IAM answers: URL-encoded. Undefined where it is neither. */
export function documentOf(text: string | undefined): Json | undefined {
  for (const candidate of [text, decoded(text ?? '')]) {
    const value = jsonOf(candidate ?? '');
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  }
  return undefined;
}

/** The document of one version of a customer-managed policy. */
export async function versionDocument(
  reader: Reader,
  PolicyArn: string,
  VersionId: string | undefined,
): Promise<Read<Json>> {
  const version = onFound(known(VersionId), 'iam:GetPolicy', (id) => id);
  if (version.outcome !== 'found') return version;
  const answer = await reader.read('iam:GetPolicyVersion', { PolicyArn, VersionId: version.value });
  return onFound(answer, 'iam:GetPolicyVersion', ({ PolicyVersion }) => documentOf(PolicyVersion?.Document));
}
