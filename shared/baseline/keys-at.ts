import type { z } from 'zod';
import type { Path } from './positions.ts';

type Def = {
  innerType?: z.ZodType;
  options?: readonly z.ZodType[];
  shape?: Readonly<Record<string, z.ZodType>>;
  element?: z.ZodType;
  valueType?: z.ZodType;
};

/** The keys that a mapping at this path of a schema may have; none where it takes any, or is no mapping. */
export function keysAt(schema: z.ZodType, path: Path): readonly string[] {
  const reached = path.reduce<readonly z.ZodType[]>(
    (schemas, step) => schemas.flatMap((each) => unwrapped(each).flatMap((inner) => stepInto(inner, step))),
    [schema],
  );
  return [...new Set(reached.flatMap(unwrapped).flatMap((each) => Object.keys(defOf(each).shape ?? {})))];
}

function stepInto(schema: z.ZodType, step: PropertyKey): z.ZodType[] {
  const { shape, element, valueType } = defOf(schema);
  const child = shape ? (Object.hasOwn(shape, step) ? shape[String(step)] : undefined) : (element ?? valueType);
  return child ? [child] : [];
}

/** Through optional and default, and into every branch of a union. */
function unwrapped(schema: z.ZodType): z.ZodType[] {
  const { innerType, options } = defOf(schema);
  if (innerType) return unwrapped(innerType);
  return options ? options.flatMap(unwrapped) : [schema];
}

function defOf(schema: z.ZodType): Def {
  return schema._zod.def as Def;
}
