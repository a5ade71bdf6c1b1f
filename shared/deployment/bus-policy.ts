import { type Intrinsic, ref, sub } from '../derive/cloudformation.ts';
import { COLLECTOR_PATH } from '../derive/collector.ts';
import { UserMistake } from '../runtime/errors.ts';
import type { Deployment } from './deployment.ts';

/** What EventBridge takes of a bus's policy (JSON without white space). */
const MOST_CHARACTERS = 10_240;
/** What partition, region, account and name of the bus add once they are filled in. */
const FILLED_IN = 500;

export interface BusPolicy {
  Version: '2012-10-17';
  Statement: readonly BusStatement[];
}

export interface BusStatement {
  Sid: string;
  Effect: 'Allow' | 'Deny';
  Principal: '*' | { AWS: readonly (string | Intrinsic)[] };
  Action: 'events:PutEvents';
  Resource: Intrinsic;
  Condition: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * The pattern of what no service of AWS sends, and so nobody delivers but who forges it: EventBridge lets nobody else write
 * a source that begins with `aws.`. The hub takes it from its bus only to refuse and count it.
 */
export const FORGED_EVENTS = { source: [{ 'anything-but': { prefix: 'aws.' } }] } as const;

/** The name of `EventsBus`: CloudFormation makes none up for a bus. */
export const BUS_NAME = `\${AWS::StackName}-events`;

type Senders = Pick<Deployment, 'rolePath'> & Partial<Pick<Deployment, 'organization'>>;

/** The bus has its policy as a property, which cannot ask for the ARN of the bus itself. */
const BUS = sub(`arn:\${AWS::Partition}:events:\${AWS::Region}:\${AWS::AccountId}:event-bus/${BUS_NAME}`);

/**
 * Who may put events onto `EventsBus`: the roles of collectors, in our own account and in the accounts of the baseline, or
 * where an organisation is named in all of its accounts. An account that is let in here and is not in the baseline is
 * refused when its event is read.
 */
export function busPolicy({ rolePath, organization }: Senders, accounts: readonly string[]): BusPolicy {
  const Statement: BusStatement[] = [
    fromCollectors('FromCollectors', rolePath, { AWS: [ref('AWS::AccountId'), ...listed(organization, accounts)] }),
    ...(organization === undefined
      ? []
      : [fromCollectors('FromOrganisation', rolePath, '*', { StringEquals: { 'aws:PrincipalOrgID': organization } })]),
    {
      Sid: 'OnlyOverTls',
      Effect: 'Deny',
      Principal: '*',
      Action: 'events:PutEvents',
      Resource: BUS,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  ];
  if (JSON.stringify(Statement).length + FILLED_IN > MOST_CHARACTERS) {
    throw new UserMistake(
      `The bus cannot name ${accounts.length} accounts one by one: give the organisation as \`organization\` in deploy.yml.`,
    );
  }
  return { Version: '2012-10-17', Statement };
}

/** The organisation covers the accounts of the baseline; named twice they would only fill the policy. */
function listed(organization: string | undefined, accounts: readonly string[]): readonly string[] {
  return organization === undefined ? [...new Set(accounts)].sort() : [];
}

/** The path is part of the role's ARN, so nobody else in those accounts can put anything onto the bus. */
function fromCollectors(
  Sid: string,
  rolePath: string,
  Principal: BusStatement['Principal'],
  more: BusStatement['Condition'] = {},
): BusStatement {
  const role = `arn:\${AWS::Partition}:iam::*:role${rolePath}${COLLECTOR_PATH}*`;
  return {
    Sid,
    Effect: 'Allow',
    Principal,
    Action: 'events:PutEvents',
    Resource: BUS,
    Condition: { ...more, ArnLike: { 'aws:PrincipalArn': sub(role) } },
  };
}
