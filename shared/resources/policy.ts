import type { ManagedPolicyDetail, Policy } from '@aws-sdk/client-iam';
import { arnOf } from '../aws/partition.ts';
import { combine, onFound } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';
import { authorizationDetails, DETAILS, seedsOfVersions } from './account-authorization.ts';
import { arnName, arnParts } from './arn.ts';
import { firstId } from './ids.ts';
import { at, type Json, text } from './json.ts';
import { defineKind, type Listed, type Locate, type TouchedBy } from './kind.ts';
import { listedIn } from './listed.ts';
import { versionDocument } from './policy-documents.ts';
import { tagsOf } from './tags.ts';

/** A customer-managed policy with the document of its default version: no other version is in force. */
export interface ManagedPolicy extends Policy {
  document: Json;
}

/** AWS's own policies are no resource of the account: nothing is touched then. */
const named: Locate = ({ request }) => byArn(text(request, 'policyArn'));

function byArn(arn: string | undefined): readonly string[] | undefined {
  if (arn === undefined) return undefined;
  return arnParts(arn)?.account === 'aws' ? [] : firstId('policy', arnName(arn, 'policy'));
}

/** The request has name and path, only the answer the ARN. */
function created({ request, response }: TouchedBy): readonly string[] | undefined {
  const arn = at(response, 'policy', 'arn');
  if (typeof arn === 'string') return byArn(arn);
  const name = text(request, 'policyName');
  return name === undefined ? undefined : firstId('policy', `${(text(request, 'path') ?? '/').slice(1)}${name}`);
}

/** The account's own: AWS's are nobody's to change. The listing has the documents too. */
async function list(reader: Reader): Promise<Listed> {
  const answer = await authorizationDetails(reader);
  const idOf = ({ Arn = '' }: ManagedPolicyDetail) => arnName(Arn, 'policy');
  const listed = listedIn('policy', answer, DETAILS, ({ Policies }) => Policies?.map(idOf));
  if (answer.outcome !== 'found') return listed;
  const { Policies = [] } = answer.value;
  return { ...listed, seeds: Policies.flatMap((each) => seedsOfVersions(idOf(each) ?? '', each, answer.began)) };
}

export const policy = defineKind<ManagedPolicy>()({
  kind: 'policy',
  called: 'IAM policy',
  judged: 'every',
  global: true,
  asksWhoUses: true,
  actions: ['iam:GetPolicy', 'iam:GetPolicyVersion'],
  async base(reader, { id, account }) {
    const arn = arnOf({ partition: reader.partition, service: 'iam', account, resource: `policy/${id}` });
    const answer = await reader.read('iam:GetPolicy', { PolicyArn: arn });
    const found = onFound(answer, 'iam:GetPolicy', ({ Policy: each }) => each);
    if (found.outcome !== 'found') return found;
    const document = await versionDocument(reader, arn, found.value.DefaultVersionId);
    return onFound(combine([found, document]), 'iam:GetPolicyVersion', ([each, text]) => ({ ...each, document: text }));
  },
  listing: { actions: [DETAILS], list },
  facets: {},
  generation: ({ PolicyId }) => PolicyId,
  tags: ({ Tags }) => tagsOf(Tags),
  lifecycle: {
    created: ['iam:CreatePolicy'],
    deleted: ['iam:DeletePolicy'],
    tagged: ['iam:TagPolicy', 'iam:UntagPolicy'],
  },
  touchedBy: {
    'iam:CreatePolicy': created,
    'iam:DeletePolicy': named,
    'iam:CreatePolicyVersion': named,
    'iam:SetDefaultPolicyVersion': named,
    'iam:DeletePolicyVersion': named,
    'iam:AttachRolePolicy': named,
    'iam:DetachRolePolicy': named,
    'iam:AttachUserPolicy': named,
    'iam:DetachUserPolicy': named,
    'iam:AttachGroupPolicy': named,
    'iam:DetachGroupPolicy': named,
    'iam:TagPolicy': named,
    'iam:UntagPolicy': named,
  },
  reachedThrough: [],
});
