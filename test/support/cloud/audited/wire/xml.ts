import { membersOf, type Shape, xmlNameOf } from './schema.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

export const escapeXml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);

export const element = (name: string, content: string): string => `<${name}>${content}</${name}>`;

/** The content of a plain document's element, as AWS Query and EC2 send it: members in the schema's order. */
export function toXml(shape: Shape, value: unknown): string {
  if (value === undefined || value === null || shape.isUnitSchema()) return '';
  if (!shape.isStructSchema()) return escapeXml(String(value));
  const fields = value as Record<string, unknown>;
  return membersOf(shape)
    .map(([name, member]) => field(xmlNameOf(name, member), member, fields[name]))
    .join('');
}

function field(name: string, shape: Shape, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (shape.isListSchema()) {
    const member = shape.getValueSchema();
    const flat = (shape.getMergedTraits() as { xmlFlattened?: unknown }).xmlFlattened !== undefined;
    const tag = flat ? name : xmlNameOf('member', member);
    const items = (value as unknown[]).map((item) => element(tag, toXml(member, item))).join('');
    return flat ? items : element(name, items);
  }
  if (shape.isMapSchema()) {
    const entries = Object.entries(value as object).map(([key, item]) =>
      element('entry', element('key', escapeXml(key)) + element('value', toXml(shape.getValueSchema(), item))),
    );
    return element(name, entries.join(''));
  }
  return element(name, toXml(shape, value));
}
