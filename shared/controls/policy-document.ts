import type { Json } from '../resources/json.ts';
import { type Condition, conditionsOf } from './policy-condition.ts';
import { matches } from './wildcard.ts';

/** What a statement names, or with `except` everything but that: `NotAction`, `NotResource`. */
export interface Named {
  patterns: readonly string[];
  except: boolean;
}

/** `type` is `AWS`, `Service`, `Federated` or `CanonicalUser`; `*` where the policy has `"Principal": "*"`. */
export interface Principal {
  type: string;
  id: string;
}

/** One statement, each of its elements as a list, in whatever shape it was written. */
export interface Statement {
  /** Its Sid, or else its place, counted from 1. */
  name: string;
  effect: 'Allow' | 'Deny';
  action: Named;
  /** Absent where the policy stands on the resource itself: a trust policy, a repository's. */
  resource: Named | undefined;
  /** Absent in a policy of an identity. */
  principals: readonly Principal[] | undefined;
  /** `NotPrincipal`: everyone but `principals`. */
  exceptPrincipals: boolean;
  conditions: readonly Condition[];
}

export type ResourceStatement = Statement & { principals: readonly Principal[] };

const ELEMENTS: ReadonlySet<string> = new Set([
  ...['Sid', 'Effect', 'Condition'],
  ...['Principal', 'Action', 'Resource'].flatMap((name) => [name, `Not${name}`]),
]);

/** The statements of a policy. What is no policy throws: a control that meets it is unknown, and never passes. */
export function statementsOf(document: Json): Statement[] {
  const listed = document.Statement;
  if (typeof listed !== 'object' || listed === null) throw new TypeError('the policy has no statements');
  return [listed].flat().map(statementOf);
}

/** The same of a policy that stands on a resource, a trust policy for one: each statement says there who is meant. */
export function resourceStatementsOf(document: Json): ResourceStatement[] {
  return statementsOf(document).map((statement, place) => {
    const { principals } = statement;
    if (principals === undefined) throw new TypeError(`statement ${place + 1} of the policy names nobody`);
    return { ...statement, principals };
  });
}

function statementOf(value: unknown, place: number): Statement {
  const where = `statement ${place + 1} of the policy`;
  const statement = objectOf(value, where);
  const strange = Object.keys(statement).find((name) => !ELEMENTS.has(name));
  if (strange !== undefined) throw new TypeError(`${where} has an element of an unknown name`);
  const { Sid, Effect } = statement;
  if (Effect !== 'Allow' && Effect !== 'Deny') throw new TypeError(`${where} neither allows nor denies`);
  const action = named(statement, 'Action', where);
  if (action === undefined) throw new TypeError(`${where} has no actions`);
  const { NotPrincipal, Principal = NotPrincipal } = statement;
  return {
    name: typeof Sid === 'string' && Sid !== '' ? Sid : `statement ${place + 1}`,
    effect: Effect,
    action,
    resource: named(statement, 'Resource', where),
    principals: Principal === undefined ? undefined : principalsOf(Principal, where),
    exceptPrincipals: NotPrincipal !== undefined,
    conditions: conditionsOf(statement.Condition, where),
  };
}

function named(statement: Json, name: 'Action' | 'Resource', where: string): Named | undefined {
  const these = statement[name];
  const others = statement[`Not${name}`];
  if (these !== undefined && others !== undefined) throw new TypeError(`${where} has ${name} and Not${name}`);
  if (these === undefined && others === undefined) return undefined;
  return { patterns: stringsOf(these ?? others, `${where} in its ${name}`), except: these === undefined };
}

function principalsOf(value: unknown, where: string): Principal[] {
  if (value === '*') return [{ type: '*', id: '*' }];
  const byType = Object.entries(objectOf(value, `the principal of ${where}`));
  if (byType.length === 0) throw new TypeError(`${where} has an empty principal`);
  return byType.flatMap(([type, ids]) => stringsOf(ids, `the principal of ${where}`).map((id) => ({ type, id })));
}

/** One or several strings; a list without any says nothing that could be judged. */
function stringsOf(value: unknown, where: string): string[] {
  const all = [value].flat();
  if (all.length === 0 || !all.every((each) => typeof each === 'string')) throw new TypeError(`${where} is no text`);
  return all;
}

function objectOf(value: unknown, where: string): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError(`${where} is no object`);
  return value as Json;
}

/** Actions are compared whatever their case. `eks:*` as the action asks whether all of EKS is allowed. */
export function allows({ effect, action }: Statement, wanted: string): boolean {
  const text = wanted.toLowerCase();
  const isNamed = action.patterns.some((pattern) => matches(pattern.toLowerCase(), text));
  return effect === 'Allow' && isNamed !== action.except;
}

/** Whether the statement is about everything that `arn`, which may hold wildcards itself, stands for. */
export function reaches({ resource }: Statement, arn: string): boolean {
  return resource === undefined || resource.patterns.some((pattern) => matches(pattern, arn)) !== resource.except;
}

/** Anyone at all, whatever the conditions say. `NotPrincipal` with Allow names the few, and allows the rest. */
export function isForAnyone({ principals, exceptPrincipals }: ResourceStatement): boolean {
  return exceptPrincipals || principals.some(({ id }) => id.includes('*'));
}

export function trustsService(trust: readonly ResourceStatement[], service: string): boolean {
  return trust.some(
    ({ effect, principals, exceptPrincipals }) =>
      effect === 'Allow' &&
      !exceptPrincipals &&
      principals.some(({ type, id }) => type === 'Service' && id === service),
  );
}
