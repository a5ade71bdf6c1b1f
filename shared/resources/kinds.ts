import { cluster } from './cluster.ts';
import type { AnyKind } from './kind.ts';
import type { KindName } from './resource.ts';

export const KINDS: readonly AnyKind[] = [cluster];

export function kindOf(name: KindName): AnyKind {
  const kind = KINDS.find((each) => each.kind === name);
  if (kind === undefined) throw new TypeError(`There is no kind ${name}.`);
  return kind;
}
