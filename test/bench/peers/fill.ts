import type { Asked } from './asked.ts';

export interface Filled {
  status: number;
  body: string;
}

/** Seen from 2026: what the seed calls old has no support left, and the other is far from its end. */
const VERSIONS = [
  {
    clusterVersion: '1.34',
    clusterType: 'eks',
    defaultPlatformVersion: 'eks.4',
    versionStatus: 'STANDARD_SUPPORT',
    endOfStandardSupportDate: Date.UTC(2036, 0, 1) / 1000,
    endOfExtendedSupportDate: Date.UTC(2037, 0, 1) / 1000,
  },
];

const LISTS: readonly (readonly [RegExp, object])[] = [
  [/^GET \/cluster-versions$/, { clusterVersions: VERSIONS }],
  [/^GET \/clusters\/[^/]+\/addons$/, { addons: [] }],
  [/^GET \/clusters\/[^/]+\/access-entries$/, { accessEntries: [] }],
  [/^GET \/clusters\/[^/]+\/pod-identity-associations$/, { associations: [] }],
  [/^GET \/clusters\/[^/]+\/identity-provider-configs$/, { identityProviderConfigs: [] }],
  [/^GET \/clusters\/[^/]+\/updates$/, { updateIds: [] }],
  [/^POST \/clusters\/[^/]+\/insights$/, { insights: [] }],
];

/** What AWS answers and moto cannot: the same for every tool, so that none waits for retries or skips work. */
export function filled({ service, action, method, path }: Asked): Filled | undefined {
  if (service === 'ecr' && action === 'GetDownloadUrlForLayer') {
    return { status: 400, body: JSON.stringify({ __type: 'LayersNotFoundException', message: 'There is no layer.' }) };
  }
  if (service !== 'eks') return undefined;
  const answer = LISTS.find(([pattern]) => pattern.test(`${method} ${path}`))?.[1];
  return answer && { status: 200, body: JSON.stringify(answer) };
}

const IMAGE = 'application/vnd.docker.container.image.v1+json';

/** By path, what was given to moto and does not come back: laid over its answers. */
export type Lost = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Mends moto's own answers: they say what AWS's say, and what moto does not know is refused, which nobody tries again. */
export function mended({ service, action, method, path }: Asked, status: number, body: Buffer, lost: Lost) {
  if (status >= 500) return { status: 400, body };
  if (status !== 200 || method === 'DELETE') return { status, body };
  const patch = method === 'GET' && service === 'eks' ? lost[path] : undefined;
  if (patch === undefined && action !== 'DescribeImages') return { status, body };
  const answer = laidOver<Answer>(JSON.parse(body.toString()), patch ?? {});
  for (const image of answer.imageDetails ?? []) image.artifactMediaType ??= IMAGE;
  // AWS leaves it out where there is none.
  if (answer.cluster?.encryptionConfig?.length === 0) delete answer.cluster.encryptionConfig;
  return { status, body: Buffer.from(JSON.stringify(answer)) };
}

interface Answer {
  [field: string]: unknown;
  imageDetails?: { artifactMediaType?: string }[];
  cluster?: { encryptionConfig?: unknown[] };
}

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Field by field, as deep as both have fields. */
export function laidOver<T extends Fields>(below: Fields, above: Fields): T {
  const laid: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const under = laid[key];
    laid[key] = isFields(under) && isFields(value) ? laidOver(under, value) : value;
  }
  return laid as T;
}
