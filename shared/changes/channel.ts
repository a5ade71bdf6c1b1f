import { at, field, type Json, text } from '../resources/json.ts';
import type { Channel } from './change.ts';

/** As much as patterns look at; what AWS records of a user agent or a role is shorter. */
const LONGEST = 1024;
const SERVICE = /^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/;
const CLOUDFORMATION = /^cloudformation\.amazonaws\.com(?:\.cn)?$/;

/** What tools that keep resources as code call themselves. Pulumi and Crossplane build on Terraform's provider and name it too: they come first. */
const AS_CODE: readonly (readonly [RegExp, Channel])[] = [
  [/\bcrossplane|\bupjet|\bupbound/i, 'crossplane'],
  [/\bpulumi/i, 'pulumi'],
  [/\bterraform|\bopentofu|\bHashiCorp/i, 'terraform'],
  [/\beksctl\b/i, 'eksctl'],
  [/\baws-controllers-k8s\b/i, 'ack'],
];

/** Both run inside a cluster with plain SDKs, under roles that are named after them. */
const CONTROLLER_ROLES: readonly (readonly [RegExp, Channel])[] = [
  [/crossplane/i, 'crossplane'],
  [/(?:^|[-_])ack[-_](?:[a-z0-9]+[-_])*controller/i, 'ack'],
];

const CODE_CHANNELS: ReadonlySet<Channel> = new Set([
  'terraform',
  'cloudformation',
  'eksctl',
  'pulumi',
  'crossplane',
  'ack',
]);

/** Whether a tool that owns resources as code made the change: it would make it again. */
export function isAsCode(channel: Channel): boolean {
  return CODE_CHANNELS.has(channel);
}

/**
 * With what a call was made. What AWS writes (the service that called, the console's mark) is sure; the user agent is
 * whatever the caller says of itself, so nothing but wording and caution may depend on it.
 */
export function channelOf(detail: Json, role: string | undefined): Channel {
  const agent = (text(detail, 'userAgent') ?? '').slice(0, LONGEST);
  const invokedBy = at(detail, 'userIdentity', 'invokedBy');
  const callers = [invokedBy, field(detail, 'sourceIPAddress'), agent].filter((each) => typeof each === 'string');
  if (callers.some((each) => CLOUDFORMATION.test(each))) return 'cloudformation';
  return (
    firstMatch(AS_CODE, agent) ??
    byHand(detail, agent) ??
    (callers.some(isService) || at(detail, 'userIdentity', 'type') === 'AWSService' ? 'service' : undefined) ??
    firstMatch(CONTROLLER_ROLES, role?.slice(0, LONGEST).split('/').at(-1) ?? '') ??
    (/aws-sdk|boto|^APN\//i.test(agent) ? 'sdk' : 'unknown')
  );
}

/** The CLI first: CloudShell uses it with the console's credentials. */
function byHand(detail: Json, agent: string): Channel | undefined {
  if (/^aws-cli\//i.test(agent)) return 'cli';
  const isConsole =
    isTrue(field(detail, 'sessionCredentialFromConsole')) ||
    text(detail, 'eventType') === 'AwsConsoleSignIn' ||
    /^(?:console|signin)\.(?:amazonaws|aws\.amazon)\.com|^AWS Console|^Mozilla\//i.test(agent);
  return isConsole ? 'console' : undefined;
}

/** CloudTrail writes these as text; some old records have booleans. */
export function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

function isService(caller: string): boolean {
  return caller === 'AWS Internal' || SERVICE.test(caller);
}

function firstMatch(table: readonly (readonly [RegExp, Channel])[], value: string): Channel | undefined {
  return table.find(([pattern]) => pattern.test(value))?.[1];
}
