import type { AnyKind } from '../resources/kind.ts';
import { KINDS, kindOf } from '../resources/kinds.ts';
import { GLOBAL, type KindName } from '../resources/resource.ts';

/** Who uses something comes before what it uses: by then it is known what is ours. All others follow by name. */
const USERS: readonly KindName[] = ['cluster', 'nodegroup', 'role', 'policy'];

/** The kinds of a scope in the order of their sweep: of IAM in `global`, all others in regions. Who called an API is known in both. */
export function kindsIn(region: string): readonly AnyKind[] {
  const users = USERS.map(kindOf);
  const others = KINDS.filter((kind) => !users.includes(kind));
  return [
    ...users,
    ...others.filter(({ judged }) => judged !== 'linked'),
    ...others.filter(({ judged }) => judged === 'linked'),
  ]
    .filter(({ base, judged }) => base !== undefined || judged === 'sighting')
    .filter(({ global, judged }) => judged === 'sighting' || (global === true) === (region === GLOBAL));
}
