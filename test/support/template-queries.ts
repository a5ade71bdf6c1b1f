import type { HubTemplate, Json, Resource } from './hub-template.ts';

type Resources = HubTemplate['Resources'];

export interface PolicyStatement {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Principal?: '*' | Json;
  Action: string | string[];
  Resource: unknown;
  Condition?: Json;
}

/** The resources of a type, by their logical ids. */
export function ofType(resources: Resources, type: string): [id: string, properties: Json][] {
  return Object.entries(resources).flatMap(([id, { Type, Properties }]) => (Type === type ? [[id, Properties]] : []));
}

export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

export function listOf<T>(value: T | T[] | undefined): T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** The logical id that a reference leads to: of `{ Ref }`, `Fn::GetAtt` or `Fn::Sub`. */
export function idIn(reference: unknown): string {
  const [text = ''] = textsOf(reference);
  return text.replace(/^\$\{/, '').replace(/[.}].*$/, '');
}

/** What each role of ours may do: its inline policies and those beside it, by its logical id. */
export function rolePolicies(resources: Resources): Map<string, PolicyStatement[]> {
  const found = ofType(resources, 'AWS::IAM::Role').map(([id, { Policies = [] }]): [string, PolicyStatement[]] => [
    id,
    (Policies as Json[]).flatMap(statementsIn),
  ]);
  const beside = ofType(resources, 'AWS::IAM::Policy').map(([, properties]): [string, PolicyStatement[]] => [
    idIn(properties.Roles),
    statementsIn(properties),
  ]);
  const byRole = Map.groupBy([...found, ...beside], ([id]) => id);
  return new Map([...byRole].map(([id, each]) => [id, each.flatMap(([, statements]) => statements)]));
}

function statementsIn({ PolicyDocument }: Json): PolicyStatement[] {
  return (PolicyDocument as { Statement: PolicyStatement[] }).Statement;
}

const WITH_POLICY: Readonly<Record<string, string>> = {
  'AWS::SQS::QueuePolicy': 'PolicyDocument',
  'AWS::SNS::TopicPolicy': 'PolicyDocument',
  'AWS::S3::BucketPolicy': 'PolicyDocument',
  'AWS::KMS::Key': 'KeyPolicy',
  'AWS::Events::EventBus': 'Policy',
};

/** The policies of things, by the logical id of what has them. */
export function resourcePolicies(resources: Resources): [id: string, statement: PolicyStatement][] {
  return Object.entries(resources).flatMap(([id, resource]) =>
    documentsOf(resource).flatMap(({ Statement }) => Statement.map((each): [string, PolicyStatement] => [id, each])),
  );
}

function documentsOf({ Type, Properties }: Resource): { Statement: PolicyStatement[] }[] {
  const document = Properties[WITH_POLICY[Type] ?? ''];
  return document === undefined ? [] : [document as { Statement: PolicyStatement[] }];
}
