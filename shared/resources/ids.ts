import type { KindName } from './resource.ts';

const EC2_ID = '[0-9a-f]{8,32}$';
const SEGMENT = '[a-z0-9]+(?:[._-]+[a-z0-9]+)*';
const REPOSITORY = `(?=[^@]{2,256}(?:@|$))${SEGMENT}(?:/${SEGMENT})*`;

/** AWS's own patterns of names. What fails them is no name, and is never put into a call, a path or a key. */
const PATTERNS: Readonly<Record<KindName, RegExp>> = {
  'account-region': /^[a-z]{2,4}(?:-[a-z]+){1,3}-\d{1,2}$/,
  cluster: /^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/,
  image: new RegExp(`^${REPOSITORY}@sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})$`),
  key: /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/,
  'launch-template': new RegExp(`^lt-${EC2_ID}`),
  'log-group': /^[\w.\-/#]{1,512}$/,
  nodegroup: /^[0-9A-Za-z][0-9A-Za-z_-]{0,99}\/[0-9A-Za-z][0-9A-Za-z_-]{0,62}$/,
  'oidc-provider': /^[0-9A-Za-z][0-9A-Za-z.-]{0,252}(?:\/[\w.~/-]{0,512})?$/,
  policy: /^(?:[!-~]{1,510}\/)?[\w+=,.@-]{1,128}$/,
  'prefix-list': new RegExp(`^pl-${EC2_ID}`),
  principal: /^[^\s\p{C}]{1,2048}$/u,
  repository: new RegExp(`^${REPOSITORY}$`),
  role: /^[\w+=,.@-]{1,64}$/,
  'route-table': new RegExp(`^rtb-${EC2_ID}`),
  'security-group': new RegExp(`^sg-${EC2_ID}`),
  subnet: new RegExp(`^subnet-${EC2_ID}`),
  trail: /^[0-9A-Za-z][\w.-]{1,126}[0-9A-Za-z]$/,
  vpc: new RegExp(`^vpc-${EC2_ID}`),
};

export function isId(kind: KindName, id: unknown): id is string {
  return typeof id === 'string' && PATTERNS[kind].test(id);
}

/** The first candidate that is an id. None is undefined: the event does not say which one it touched. */
export function firstId(kind: KindName, ...candidates: readonly unknown[]): readonly string[] | undefined {
  const id = candidates.find((candidate) => isId(kind, candidate));
  return typeof id === 'string' ? [id] : undefined;
}

/** All candidates that are ids, each once. */
export function allIds(kind: KindName, candidates: readonly unknown[]): string[] {
  return [...new Set(candidates.filter((candidate) => isId(kind, candidate)))];
}
