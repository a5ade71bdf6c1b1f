import { membersOf, type Shape, xmlNameOf } from './schema.ts';

type Tree = { [key: string]: Tree | string };

/** Reads a form of AWS Query (`Tags.member.1.Key`) or EC2 (`Filter.1.Value.1`) by its schema. */
export function fromForm(shape: Shape, form: URLSearchParams, flavour: 'query' | 'ec2'): Record<string, unknown> {
  const tree: Tree = Object.create(null);
  for (const [path, value] of form) {
    if (path !== 'Action' && path !== 'Version') plant(tree, path.split('.'), value);
  }
  return structure(shape, tree, flavour);
}

function plant(tree: Tree, path: readonly string[], value: string): void {
  let at = tree;
  for (const key of path.slice(0, -1)) {
    const known = at[key];
    const next: Tree = typeof known === 'object' ? known : Object.create(null);
    at[key] = next;
    at = next;
  }
  at[path.at(-1) ?? ''] = value;
}

/** The name of a member in a form; EC2 has names of its own for requests, and capitalises the others. */
export function formNameOf(name: string, shape: Shape, flavour: 'query' | 'ec2'): string {
  const xmlName = xmlNameOf(name, shape);
  if (flavour === 'query') return xmlName;
  const own = (shape.getMemberTraits() as { ec2QueryName?: string }).ec2QueryName;
  return own ?? xmlName.charAt(0).toUpperCase() + xmlName.slice(1);
}

function structure(shape: Shape, tree: Tree, flavour: 'query' | 'ec2'): Record<string, unknown> {
  const members = new Map(
    membersOf(shape).map(([name, member]) => [formNameOf(name, member, flavour), [name, member]] as const),
  );
  return Object.fromEntries(
    Object.entries(tree).map(([key, value]) => {
      const known = members.get(key);
      return known ? [known[0], read(known[1], value, flavour)] : [key, value];
    }),
  );
}

function read(shape: Shape, value: Tree | string, flavour: 'query' | 'ec2'): unknown {
  if (shape.isListSchema()) return list(shape, value, flavour);
  if (shape.isStructSchema()) return typeof value === 'object' ? structure(shape, value, flavour) : value;
  if (typeof value === 'object') return value;
  if (shape.isBooleanSchema()) return value === 'true' ? true : value === 'false' ? false : value;
  if (shape.isNumericSchema()) return value !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
  return value;
}

function list(shape: Shape, value: Tree | string, flavour: 'query' | 'ec2'): unknown {
  if (value === '') return [];
  if (typeof value === 'string') return value;
  const member = shape.getValueSchema();
  const flat = flavour === 'ec2' || (shape.getMergedTraits() as { xmlFlattened?: unknown }).xmlFlattened !== undefined;
  const items = flat ? value : value[xmlNameOf('member', member)];
  if (typeof items !== 'object') return value;
  return Object.entries(items)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, item]) => read(member, item, flavour));
}
