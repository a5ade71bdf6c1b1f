import { fromJson, parsedJson } from './json.ts';
import type { Asked, WireRequest } from './protocol.ts';
import { membersOf, type Operation, operationsOf, type ServiceName, type Shape } from './schema.ts';

/** The labels of a path that fits the template; undefined where it does not. */
function labelsOf(template: string, path: string): Record<string, string> | undefined {
  const wanted = template.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  if (wanted.length !== given.length) return undefined;
  const labels: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const text = given[at] ?? '';
    if (part.startsWith('{')) labels[part.slice(1, -1).replace('+', '')] = decodeURIComponent(text);
    else if (part !== text) return undefined;
  }
  return labels;
}

const labelCount = ({ http }: Operation) => http?.path.split('{').length ?? 0;

/** Finds a REST operation by method and path, and gathers its input from path, query string and body. */
export function routed(service: ServiceName, request: WireRequest): Asked | undefined {
  const [path = '', search = ''] = request.path.split('?');
  const candidates = operationsOf(service)
    .filter(({ http }) => http?.method === request.method)
    .sort((a, b) => labelCount(a) - labelCount(b));
  for (const operation of candidates) {
    const labels = labelsOf(operation.http?.path ?? '', path);
    if (!labels) continue;
    const body = fromJson(operation.input, parsedJson(request.body));
    return { operation, input: { ...(body as object), ...queried(operation, new URLSearchParams(search)), ...labels } };
  }
  return undefined;
}

/** A parameter that no member is bound to keeps its name, for the check to refuse. */
function queried({ input }: Operation, search: URLSearchParams): Record<string, unknown> {
  const bound = new Map(
    membersOf(input).map(
      ([name, member]) => [(member.getMemberTraits() as { httpQuery?: string }).httpQuery, [name, member]] as const,
    ),
  );
  const names = [...new Set(search.keys())];
  return Object.fromEntries(
    names.map((key) => {
      const [name, member] = bound.get(key) ?? [key];
      return [name, member ? typed(member, search.getAll(key)) : search.get(key)];
    }),
  );
}

function typed(shape: Shape, values: readonly string[]): unknown {
  if (shape.isListSchema()) return values;
  const value = values[0] ?? '';
  if (shape.isBooleanSchema()) return value === 'true' ? true : value === 'false' ? false : value;
  if (shape.isNumericSchema()) return value !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
  return value;
}
