type Schema = Readonly<Record<string, unknown>>;

const EVERYTHING = Number.MAX_SAFE_INTEGER;

/** What may be written for a param, in words, from its JSON Schema. */
export function typeText(schema: unknown): string {
  const {
    type,
    enum: values,
    const: value,
    items,
    anyOf,
    minimum,
    maximum,
    format,
    pattern,
  } = (schema ?? {}) as Schema;
  if (Array.isArray(values)) return oneOf(values);
  if (value !== undefined) return JSON.stringify(value);
  if (Array.isArray(anyOf)) return [...new Set(anyOf.map(typeText))].join(' or ');
  switch (type) {
    case 'boolean':
      return 'true or false';
    case 'integer':
      return `whole number${range(minimum, maximum)}`;
    case 'number':
      return `number${range(minimum, maximum)}`;
    case 'array':
      return `list of: ${typeText(items)}`;
    case 'string':
      return stringText(format, pattern);
    default:
      return type === undefined ? 'any value' : 'mapping';
  }
}

function oneOf(values: readonly unknown[]): string {
  return values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join(', ');
}

/** zod writes the limits of safe integers where there are none. */
function range(minimum: unknown, maximum: unknown): string {
  const from = typeof minimum === 'number' && minimum > -EVERYTHING ? ` from ${minimum}` : '';
  const to = typeof maximum === 'number' && maximum < EVERYTHING ? ` to ${maximum}` : '';
  return from || to ? `${from}${to}` : '';
}

function stringText(format: unknown, pattern: unknown): string {
  if (format === 'cidrv4') return 'IPv4 network';
  if (format === 'cidrv6') return 'IPv6 network';
  if (typeof format === 'string' && format !== 'regex') return `text (${format})`;
  return typeof pattern === 'string' ? 'text of a form' : 'text';
}
