import { z } from 'zod';
import type { AnyControl } from '../controls/define-control.ts';
import { baselineSchema } from './schema.ts';

/** JSON Schema of `baseline.yml` for editors: what `$schema=` in the file's first line points at. */
export function baselineJsonSchema(
  catalogue: readonly AnyControl[],
  groups: readonly string[],
): Record<string, unknown> {
  const schema = z.toJSONSchema(baselineSchema(catalogue, groups), {
    io: 'input',
    target: 'draft-7',
    unrepresentable: 'any',
  });
  return { title: 'eks-warden baseline', ...schema };
}
