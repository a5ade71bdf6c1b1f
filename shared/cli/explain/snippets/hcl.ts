type Hcl = string | number | boolean | readonly Hcl[] | { [key: string]: Hcl };
/** A nested block, a document that Terraform writes as JSON, or a name that it looks up. */
export type Attribute = Hcl | Block | Encoded;
interface Block {
  readonly block: Readonly<Record<string, Attribute>>;
}
interface Encoded {
  readonly encoded: object;
}

export const block = (inside: Block['block']): Block => ({ block: inside });
export const encoded = (document: object): Encoded => ({ encoded: document });

/** A resource of Terraform. Every text is a literal: nothing in it is a template. */
export function resource(type: string, name: string, attributes: Readonly<Record<string, Attribute>>): string {
  return [`resource ${quoted(type)} ${quoted(label(name))} {`, ...lines(attributes, '  '), '}', ''].join('\n');
}

function lines(attributes: Readonly<Record<string, Attribute>>, indent: string): string[] {
  return Object.entries(attributes).flatMap(([name, value]) => {
    if (isBlock(value)) return [`${indent}${name} {`, ...lines(value.block, `${indent}  `), `${indent}}`];
    const text = isEncoded(value) ? `jsonencode(${literal(value.encoded as Hcl, indent)})` : literal(value, indent);
    return [`${indent}${name} = ${text}`];
  });
}

function literal(value: Hcl, indent: string): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object') return String(value);
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const each = (value as readonly Hcl[]).map((item) => literal(item, deeper));
    const short = `[${each.join(', ')}]`;
    return short.includes('\n') ? `[\n${each.map((item) => `${deeper}${item},\n`).join('')}${indent}]` : short;
  }
  const entries = Object.entries(value as { [key: string]: Hcl });
  return `{\n${entries.map(([key, item]) => `${deeper}${quoted(key)} = ${literal(item, deeper)}\n`).join('')}${indent}}`;
}

/** HCL has the escapes of JSON, and begins a template with a dollar or percent sign before a brace. */
function quoted(text: string): string {
  return JSON.stringify(text)
    .replace(/\\([bf])/g, (_, letter: string) => (letter === 'b' ? '\\u0008' : '\\u000c'))
    .replace(/([$%])\{/g, '$1$1{');
}

/** A name of Terraform's own for it. */
function label(name: string): string {
  const safe = name.replace(/[^A-Za-z0-9_-]+/g, '_').replace(/^_+|_+$/g, '');
  return /^[A-Za-z]/.test(safe) ? safe : `this_${safe}`.replace(/_$/, '');
}

function isBlock(value: Attribute): value is Block {
  return typeof value === 'object' && Object.hasOwn(value, 'block');
}

function isEncoded(value: Attribute): value is Encoded {
  return typeof value === 'object' && Object.hasOwn(value, 'encoded');
}
