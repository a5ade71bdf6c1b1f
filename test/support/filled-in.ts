import type { Template } from '../../shared/derive/cloudformation.ts';

/** Where a template is installed, and with which parameters. */
export interface Installation {
  partition: string;
  region: string;
  account: string;
  stack?: string;
  parameters?: Readonly<Record<string, string>>;
}

const NOTHING = Symbol('AWS::NoValue');
type Json = Record<string, unknown>;

/** The resources of a template as CloudFormation would make them of it; a made-up ARN for `Fn::GetAtt`. */
export function filledIn(template: Template, at: Installation): Record<string, { Type: string; Properties: Json }> {
  return meant(template.Resources, template, at) as Record<string, { Type: string; Properties: Json }>;
}

function meant(node: unknown, template: Template, at: Installation): unknown {
  if (Array.isArray(node)) return node.map((each) => meant(each, template, at)).filter((each) => each !== NOTHING);
  if (typeof node !== 'object' || node === null) return node;
  const inner = (each: unknown) => meant(each, template, at);
  const entries = Object.entries(node);
  const [name, operand] = entries.length === 1 ? (entries[0] ?? ['']) : [''];
  if (name === 'Ref') return refOf(String(operand), template, at);
  if (name === 'Fn::Sub')
    return String(operand).replace(/\$\{([^}]+)\}/g, (_, of: string) => String(refOf(of, template, at)));
  if (name === 'Fn::GetAtt') return attributeOf((operand as string[]).join('.'), template, at);
  if (name === 'Fn::Equals') return new Set((operand as unknown[]).map(inner)).size === 1;
  if (name === 'Fn::Not') return !inner((operand as unknown[])[0]);
  if (name === 'Fn::If') {
    const [condition = '', yes, no] = operand as [string, unknown, unknown];
    return inner(inner(template.Conditions[condition]) ? yes : no);
  }
  return Object.fromEntries(entries.map(([key, each]) => [key, inner(each)]).filter(([, each]) => each !== NOTHING));
}

function refOf(name: string, template: Template, at: Installation): unknown {
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::Partition': at.partition,
    'AWS::Region': at.region,
    'AWS::AccountId': at.account,
    'AWS::StackName': at.stack ?? 'eks-warden',
    'AWS::NoValue': NOTHING,
  };
  const value = pseudo[name] ?? at.parameters?.[name] ?? template.Parameters[name]?.Default;
  if (value !== undefined) return value;
  if (template.Resources[name]) return `${at.stack ?? 'eks-warden'}-${name}-1A2B3C4D5E6F`;
  if (name.includes('.')) return attributeOf(name, template, at);
  throw new Error(`The template has no ${name}.`);
}

/** How the ARN of what a template makes goes on behind the partition. */
const ARNS: Readonly<Record<string, (at: Installation, name: string) => string>> = {
  'AWS::Events::Rule': ({ region, account }, name) => `events:${region}:${account}:rule/${name}`,
  'AWS::Events::EventBus': ({ region, account }, name) => `events:${region}:${account}:event-bus/${name}`,
  'AWS::SQS::Queue': ({ region, account }, name) => `sqs:${region}:${account}:${name}`,
  'AWS::IAM::Role': ({ account }, name) => `iam::${account}:role/${name}`,
};

function attributeOf(named: string, template: Template, at: Installation): string {
  const [logicalId = '', attribute] = named.split('.');
  const arn = ARNS[template.Resources[logicalId]?.Type ?? ''];
  if (arn === undefined) throw new Error(`The template has no ${named}.`);
  const name = String(refOf(logicalId, template, at));
  return attribute === 'Arn' ? `arn:${at.partition}:${arn(at, name)}` : name;
}
