/** What JSON Schema says of one param, as far as it is told in words. */
interface Schema {
  type?: string;
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly Schema[];
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  minimum?: number;
  maximum?: number;
  format?: string;
  pattern?: string;
}

const EVERYTHING = Number.MAX_SAFE_INTEGER;

/** What may be written for a param, in words, from its JSON Schema. */
export function typeText(json: unknown): string {
  const schema = (json ?? {}) as Schema;
  if (schema.enum) return oneOf(schema.enum);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.anyOf) return [...new Set(schema.anyOf.map(typeText))].join(' or ');
  switch (schema.type) {
    case 'boolean':
      return 'true or false';
    case 'integer':
      return `whole number${range(schema)}`;
    case 'number':
      return `number${range(schema)}`;
    case 'array':
      return `list of: ${typeText(schema.items)}`;
    case 'string':
      return stringText(schema);
    case 'object':
      return mappingText(schema);
    default:
      return 'any value';
  }
}

function oneOf(values: readonly unknown[]): string {
  return values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(', ');
}

function mappingText({ properties = {} }: Schema): string {
  const names = Object.keys(properties);
  return names.length > 0 ? `mapping of ${names.join(', ')}` : 'mapping';
}

/** zod writes the limits of safe integers where there are none. */
function range({ minimum = -EVERYTHING, maximum = EVERYTHING }: Schema): string {
  return `${minimum > -EVERYTHING ? ` from ${minimum}` : ''}${maximum < EVERYTHING ? ` to ${maximum}` : ''}`;
}

function stringText({ format, pattern }: Schema): string {
  if (format === 'cidrv4') return 'IPv4 network';
  if (format === 'cidrv6') return 'IPv6 network';
  if (format !== undefined && format !== 'regex') return `text (${format})`;
  return pattern === undefined ? 'text' : 'text of a set form';
}
