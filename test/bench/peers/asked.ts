import type { IncomingHttpHeaders } from 'node:http';

/** One request to AWS, by what it asks for. */
export interface Asked {
  service: string;
  /** `DescribeImages`; for services of paths what is left of them without names: `GET clusters/*`. */
  action: string;
  method: string;
  path: string;
}

const SCOPE = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\/aws4_request/;
const EKS: Readonly<Record<string, string>> = {
  'GET clusters': 'ListClusters',
  'GET clusters/*': 'DescribeCluster',
  'GET clusters/*/node-groups': 'ListNodegroups',
  'GET clusters/*/node-groups/*': 'DescribeNodegroup',
  'GET clusters/*/fargate-profiles': 'ListFargateProfiles',
  'GET clusters/*/fargate-profiles/*': 'DescribeFargateProfile',
  'GET clusters/*/addons': 'ListAddons',
  'GET clusters/*/access-entries': 'ListAccessEntries',
  'GET cluster-versions': 'DescribeClusterVersions',
};

/** What a request asks for, as AWS names it where that can be seen. */
export function askedBy(method: string, url: string, headers: IncomingHttpHeaders, body: string): Asked {
  const [path = '/', query = ''] = url.split('?');
  const service = SCOPE.exec(headers.authorization ?? '')?.[1] ?? 'unsigned';
  const target = headers['x-amz-target'];
  const named =
    (typeof target === 'string' ? target.slice(target.lastIndexOf('.') + 1) : undefined) ??
    new URLSearchParams(body.includes('Action=') ? body : query).get('Action');
  return { service, action: named ?? actionOf(method, path), method, path };
}

/** Every second piece of a path is a name. */
function actionOf(method: string, path: string): string {
  const pieces = path.split('/').filter((piece) => piece !== '');
  const shape = `${method} ${pieces.map((piece, index) => (index % 2 === 0 ? piece : '*')).join('/')}`;
  return EKS[shape] ?? shape;
}

/** Whether the same request is answered the same while nothing is changed. Tables change. */
export function isRead({ service, action, method }: Asked): boolean {
  if (service === 'dynamodb') return false;
  return method === 'GET' || /^(?:BatchGet|Describe|Get|List|Lookup)/.test(action);
}
