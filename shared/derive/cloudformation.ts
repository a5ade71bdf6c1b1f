import { stringify } from 'yaml';

/** A function of CloudFormation's, such as `{ Ref: 'HubBus' }`. */
export type Intrinsic = Readonly<Record<string, unknown>>;
type Named<T> = Readonly<Record<string, T>>;

export interface Parameter {
  Type: 'String';
  Description: string;
  Default?: string;
  AllowedPattern?: string;
  MaxLength?: number;
}

/** A plain template, of the parts that ours have. */
export interface Template {
  AWSTemplateFormatVersion: '2010-09-09';
  Description: string;
  Parameters: Named<Parameter>;
  Conditions: Named<Intrinsic>;
  Resources: Named<{ Type: string; Metadata?: unknown; Properties: Named<unknown> }>;
}

export const ref = (name: string): Intrinsic => ({ Ref: name });
export const sub = (text: string): Intrinsic => ({ 'Fn::Sub': text });
export const arnOfThe = (logicalId: string): Intrinsic => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
/** Holds where a parameter that may be left empty was given. */
export const given = (parameter: string): Named<Intrinsic> => ({
  [`Has${parameter}`]: { 'Fn::Not': [{ 'Fn::Equals': [ref(parameter), ''] }] },
});
/** A property that is left out where the parameter was not given. */
export const whereGiven = (parameter: string, value: unknown): Intrinsic => ({
  'Fn::If': [`Has${parameter}`, value, ref('AWS::NoValue')],
});

export const ROLE_PATH: Named<Parameter> = {
  RolePath: {
    Type: 'String',
    Default: '/',
    Description: 'The rolePath of deploy.yml: where roles stand, in the hub and here.',
    AllowedPattern: '^/([A-Za-z0-9+=,.@_-]+/)*$',
  },
};
export const BOUNDARY: Named<Parameter> = {
  PermissionsBoundary: {
    Type: 'String',
    Default: '',
    Description: 'ARN of a policy that bounds every role of this stack.',
    AllowedPattern: '^(|arn:[a-z-]+:iam::([0-9]{12}|aws):policy/.+)$',
  },
};

/**
 * A template as a file that says what it follows from. Readers of older YAML take an unquoted `2012-10-17` for a date, so
 * that it is quoted here.
 */
export function fileOf(template: Template, what: string): string {
  const head = `# Derived from the controls and baseline.yml by \`npm run derive\`; do not edit.\n# ${what}\n`;
  return head + stringify(template, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false, singleQuote: true });
}
