import { arnName } from '../resources/arn.ts';
import { asks, type Condition, isExact } from './policy-condition.ts';
import { allows, isForAnyone, type ResourceStatement, type Statement } from './policy-document.ts';
import { hasWildcard } from './wildcard.ts';

/** EKS gives each cluster an issuer of this form, in every partition and by dual stack too. */
const EKS_ISSUER = /^oidc[.-]eks\./;
const SUBJECT = ':sub';

/** Which service accounts of an issuer one statement lets in. Both false: only such as are named in full. */
export interface Trust {
  issuer: string;
  /** No condition on the token's subject at all. */
  unpinned: boolean;
  anyNamespace: boolean;
  anyAccount: boolean;
  /** Only tokens made for STS are taken. */
  forSts: boolean;
}

/** What a trust policy lets the issuers of EKS do; none for a role that trusts none. `known` are those of the account. */
export function irsaTrusts(
  trust: readonly ResourceStatement[],
  known: readonly string[],
  audiences: readonly string[],
): Trust[] {
  const web = trust.filter((statement) => allows(statement, 'sts:AssumeRoleWithWebIdentity'));
  return web.flatMap((statement) =>
    issuersOf(statement, known).map((issuer) => {
      const subject = askedOf(statement, issuer, 'sub');
      const open = subject.map(({ values, operator }) => values.map((value) => openness(value, operator)));
      return {
        issuer,
        unpinned: subject.length === 0,
        anyNamespace: subject.length > 0 && open.every((values) => values.some(({ namespace }) => namespace)),
        anyAccount: subject.length > 0 && open.every((values) => values.some(({ account }) => account)),
        forSts: askedOf(statement, issuer, 'aud').some(
          (condition) => isExact(condition) && condition.values.every((value) => audiences.includes(value)),
        ),
      };
    }),
  );
}

/** Where anyone is trusted, the issuers are those that a condition names, or else all that the account has. */
function issuersOf(statement: ResourceStatement, known: readonly string[]): string[] {
  const named = statement.principals.flatMap(({ type, id }) =>
    type === 'Federated' ? (arnName(id, 'oidc-provider') ?? []) : [],
  );
  if (!isForAnyone(statement)) return named.filter((issuer) => EKS_ISSUER.test(issuer));
  const conditioned = statement.conditions.flatMap(({ key }) =>
    key.endsWith(SUBJECT) ? [key.slice(0, -SUBJECT.length)] : [],
  );
  const asked = known.filter((issuer) => conditioned.includes(issuer.toLowerCase()));
  return (asked.length > 0 ? asked : known).filter((issuer) => EKS_ISSUER.test(issuer));
}

/** Each token has a subject and an audience, so a condition holds for it even with `IfExists`. */
function askedOf({ conditions }: Statement, issuer: string, claim: 'sub' | 'aud'): Condition[] {
  const key = `${issuer}:${claim}`.toLowerCase();
  return conditions.filter((condition) => condition.key === key && asks(condition));
}

/** Which parts of `system:serviceaccount:<namespace>:<account>` are left open. A star before them takes in both. */
function openness(value: string, operator: string): { namespace: boolean; account: boolean } {
  const pattern = value.replace(/\$\{[^}]*\}/g, '*');
  const isOpen = (operator === 'stringlike' || pattern !== value) && hasWildcard(pattern);
  if (!isOpen) return { namespace: false, account: false };
  const [system = '', kind = '', namespace = '', ...account] = pattern.split(':');
  const isWhole = account.length === 1 && !hasWildcard(system) && !hasWildcard(kind);
  return isWhole
    ? { namespace: hasWildcard(namespace), account: hasWildcard(account.join(':')) }
    : { namespace: true, account: true };
}
