import { object, text } from '../../../resources/json.ts';
import { jsonOf } from '../../../runtime/json-of.ts';

interface Statement {
  sid: string;
  allows: boolean;
  principals: readonly string[];
  organization: string | undefined;
}

/** The accounts that a bus's policy does not let deliver. An empty or unreadable policy lets nobody in. Pure. */
export function notLetIn(policy: string, accounts: readonly string[], organization: string | undefined): string[] {
  const allowing = statementsOf(policy).filter(({ allows }) => allows);
  const isIn = (account: string) =>
    allowing.some(
      (each) =>
        each.principals.some((principal) => accountIn(principal) === account) ||
        (each.principals.includes('*') && organization !== undefined && each.organization === organization),
    );
  return accounts.filter((account) => !isIn(account));
}

/** Statements that let anybody at all deliver. */
export function strangersLetIn(policy: string): string[] {
  return statementsOf(policy)
    .filter(({ allows, principals, organization }) => allows && principals.includes('*') && organization === undefined)
    .map(({ sid }) => sid);
}

function statementsOf(policy: string): Statement[] {
  const parsed = jsonOf(policy);
  const statements =
    typeof parsed === 'object' && parsed !== null && 'Statement' in parsed ? [parsed.Statement].flat() : [];
  return statements.filter(puts).map((each) => ({
    sid: text(each, 'Sid') ?? 'without a name',
    allows: text(each, 'Effect') === 'Allow',
    principals: principalsOf(each),
    organization: text(object(object(each, 'Condition'), 'StringEquals'), 'aws:PrincipalOrgID'),
  }));
}

function puts(statement: unknown): boolean {
  const actions =
    typeof statement === 'object' && statement !== null && 'Action' in statement ? [statement.Action].flat() : [];
  return actions.some((action) => action === 'events:PutEvents' || action === 'events:*' || action === '*');
}

function principalsOf(statement: unknown): string[] {
  const principal =
    typeof statement === 'object' && statement !== null && 'Principal' in statement ? statement.Principal : undefined;
  if (principal === '*') return ['*'];
  const aws = typeof principal === 'object' && principal !== null && 'AWS' in principal ? [principal.AWS].flat() : [];
  return aws.filter((each) => typeof each === 'string');
}

/** AWS writes an account's number as the ARN of its root. */
function accountIn(principal: string): string {
  return /^arn:[\w-]+:iam::(\d{12}):root$/.exec(principal)?.[1] ?? principal;
}
