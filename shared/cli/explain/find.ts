import { didYouMean } from '../../baseline/suggest.ts';
import { CATALOGUE } from '../../controls/catalogue.ts';
import type { AnyControl } from '../../controls/define-control.ts';
import { findingOf } from '../../findings/acks.ts';
import type { Reported } from '../../reports/report.ts';
import { keyOf, type Resource } from '../../resources/resource.ts';
import { UserMistake } from '../../runtime/errors.ts';

/** Which finding a person means: by its id, or by its control and a name. */
export type Wanted = { id: string; control: AnyControl; resource: Resource } | { control: AnyControl; name?: string };

const MOST_CANDIDATES = 10;

/** `account#region#kind#id#control`, or `CONTROL [NAME]`, where a name is a resource's, its key, or a cluster's. */
export function wantedOf([first = '', name]: readonly string[]): Wanted {
  const named = findingOf(first);
  if (named === undefined) return { control: controlNamed(first), ...(name === undefined ? {} : { name }) };
  if (name !== undefined)
    throw new UserMistake(`${JSON.stringify(first)} names a finding already: leave out ${JSON.stringify(name)}.`);
  return { id: first, resource: named.resource, control: controlNamed(named.control) };
}

export function controlNamed(id: string): AnyControl {
  const control = CATALOGUE.find((each) => each.id === id);
  if (control !== undefined) return control;
  const ids = CATALOGUE.map((each) => each.id);
  throw new UserMistake(
    `${JSON.stringify(id)} is neither a finding's id (account#region#kind#id#control, in quotes) nor a control.${didYouMean(id, ids)} Controls: npx eks-warden controls`,
  );
}

/** The one finding that is meant. What is not there, or is meant by several, is a mistake that lists what there is. */
export function theOne(wanted: Wanted, verdicts: readonly Reported[], where: string): Reported {
  const own = verdicts.filter(({ control }) => control === wanted.control.id);
  const found = meant(wanted, own);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const { id } = wanted.control;
  const name = 'id' in wanted ? keyOf(wanted.resource) : wanted.name;
  const on = name === undefined ? '' : ` on ${name}`;
  if (found.length > 1)
    throw new UserMistake(
      `Several findings of ${id}${on} are in ${where}: ${listed(found)}. Name one by its id, in quotes.`,
    );
  const others = own.length === 0 ? '' : ` It has: ${listed(own)}.`;
  throw new UserMistake(`There is no finding of ${id}${on} in ${where}.${others}`);
}

/** A resource's own name goes before that of a cluster it belongs to. */
function meant(wanted: Wanted, own: readonly Reported[]): readonly Reported[] {
  if ('id' in wanted) return own.filter(({ id }) => id === wanted.id);
  const { name } = wanted;
  if (name === undefined) return own;
  const exact = own.filter(({ resource }) => isNamed(resource, name));
  return exact.length > 0 ? exact : own.filter(({ clusters }) => clusters.includes(name));
}

/** By its id, its whole key, or what people call it: a node group without its cluster, an image by its repository. */
export function isNamed(resource: Resource, name: string): boolean {
  const { kind, id } = resource;
  if (name === id || name === keyOf(resource)) return true;
  if (kind === 'image') return id.startsWith(`${name}@`);
  return (kind === 'nodegroup' || kind === 'policy') && id.endsWith(`/${name}`);
}

function listed(some: readonly Reported[]): string {
  const ids = some.slice(0, MOST_CANDIDATES).map(({ id, verdict }) => `${JSON.stringify(id)} (${verdict})`);
  const more = some.length - ids.length;
  return [...ids, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}
