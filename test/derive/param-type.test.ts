import { expect, it } from 'vitest';
import { z } from 'zod';
import { paramsOf } from '../../shared/controls/params.ts';
import { typeText } from '../../shared/derive/param-type.ts';

it.each([
  [z.boolean(), 'true or false'],
  [z.int(), 'whole number'],
  [z.int().min(1).max(32), 'whole number from 1 to 32'],
  [z.number().min(0), 'number from 0'],
  [z.string(), 'text'],
  [z.string().regex(/^a/), 'text of a set form'],
  [z.iso.date(), 'text (date)'],
  [z.literal('a'), '"a"'],
  [z.enum(['a', 'b']), 'a, b'],
  [z.cidrv4().or(z.cidrv6()), 'IPv4 network or IPv6 network'],
  [z.array(z.enum(['a', 'b'])), 'list of: a, b'],
  [z.strictObject({ cve: z.string(), until: z.string() }), 'mapping of cve, until'],
  [z.record(z.string(), z.string()), 'mapping'],
  [z.unknown(), 'any value'],
])('%# is told in words', (field, text) => {
  const [param] = paramsOf({ params: z.object({ field }) });
  expect(typeText(param?.schema)).toBe(text);
});
