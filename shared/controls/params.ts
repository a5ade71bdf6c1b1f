import { z } from 'zod';
import type { AnyControl } from './define-control.ts';

/** One setting of a control as data: `schema` is JSON Schema without default and description. */
export interface ParamJson {
  name: string;
  schema: unknown;
  default?: unknown;
  description: string;
}

export function paramsOf({ params }: Pick<AnyControl, 'params'>): ParamJson[] {
  return Object.entries(params.shape).map(([name, field]) => paramJson(name, field as z.ZodType));
}

function paramJson(name: string, field: z.ZodType): ParamJson {
  const {
    $schema,
    default: preset,
    description,
    ...schema
  } = z.toJSONSchema(field, { io: 'input', unrepresentable: 'any' });
  return { name, schema, ...(preset === undefined ? {} : { default: preset }), description: description ?? '' };
}
