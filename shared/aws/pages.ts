import type { ReadAction } from './actions.ts';

/** How an action pages: the token's name in the question and in the answer, and the paths of its lists. */
interface Pages {
  ask: string;
  next: string;
  lists: readonly string[];
  /** So many are enough, where the newest come first and the rest would take long. */
  enough?: number;
}

const upper = (...lists: string[]): Pages => ({ ask: 'NextToken', next: 'NextToken', lists });
const lower = (...lists: string[]): Pages => ({ ask: 'nextToken', next: 'nextToken', lists });
const marker = (...lists: string[]): Pages => ({ ask: 'Marker', next: 'Marker', lists });

/** Every action whose answer may have a token stands here; the others have one page. */
export const PAGES: Readonly<Partial<Record<ReadAction, Pages>>> = {
  'cloudtrail:LookupEvents': { ...upper('Events'), enough: 4 },
  'ec2:DescribeImages': upper('Images'),
  'ec2:DescribeLaunchTemplateVersions': upper('LaunchTemplateVersions'),
  'ec2:DescribeRouteTables': upper('RouteTables'),
  'ec2:DescribeSecurityGroups': upper('SecurityGroups'),
  'ec2:DescribeSubnets': upper('Subnets'),
  'ec2:DescribeVpcs': upper('Vpcs'),
  'ec2:GetManagedPrefixListEntries': upper('Entries'),
  'ecr:DescribeImages': lower('imageDetails'),
  'ecr:DescribeImageScanFindings': lower('imageScanFindings.findings', 'imageScanFindings.enhancedFindings'),
  'ecr:DescribeRepositories': lower('repositories'),
  'eks:DescribeClusterVersions': lower('clusterVersions'),
  'eks:ListClusters': lower('clusters'),
  'eks:ListNodegroups': lower('nodegroups'),
  'iam:GetAccountAuthorizationDetails': marker('RoleDetailList', 'Policies'),
  'iam:ListAttachedRolePolicies': marker('AttachedPolicies'),
  'iam:ListRolePolicies': marker('PolicyNames'),
  'inspector2:ListFindings': lower('findings'),
  'logs:DescribeLogGroups': lower('logGroups'),
};

type Answer = Readonly<Record<string, unknown>>;

/** More than any account has; a token that is always new ends here. */
const MOST_PAGES = 1000;

/** All pages as one answer, without tokens. Undefined where a token comes back, or never ends: the answer is malformed. */
export async function allPages(
  action: ReadAction,
  input: Answer,
  ask: (input: Answer) => Promise<Answer>,
): Promise<Answer | undefined> {
  const pages = PAGES[action];
  if (pages === undefined) return ask(input);
  const { ask: asked, next, lists, enough } = pages;
  const answers: Answer[] = [];
  const seen = new Set<unknown>();
  let token = input[asked];
  while (!seen.has(token) && answers.length < MOST_PAGES) {
    seen.add(token);
    const answer = await ask(token === undefined ? input : { ...input, [asked]: token });
    answers.push(answer);
    token = answer[next];
    const isLast = token === undefined || token === null || token === '' || answers.length === enough;
    if (isLast) return merged(answers, next, lists);
  }
  return undefined;
}

function merged(answers: readonly Answer[], next: string, lists: readonly string[]): Answer {
  const { [next]: _token, IsTruncated: _flag, ...first } = answers[0] ?? {};
  return lists.reduce<Answer>((whole, path) => withList(whole, answers, path.split('.')), first);
}

/** A list that no page has stays away: an answer without its object is not an empty one. */
function withList(whole: Answer, answers: readonly Answer[], [name = '', ...deeper]: readonly string[]): Answer {
  const parts = answers.map((answer) => answer[name]);
  if (parts.every((part) => part === undefined || part === null)) return whole;
  if (deeper.length === 0) return { ...whole, [name]: parts.flatMap((part) => (Array.isArray(part) ? part : [])) };
  const objects = parts.filter((part): part is Answer => typeof part === 'object' && part !== null);
  return { ...whole, [name]: withList((whole[name] ?? objects[0] ?? {}) as Answer, objects, deeper) };
}
