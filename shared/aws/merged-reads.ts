import { inParts } from '../runtime/in-parts.ts';
import type { ReadAction } from './actions.ts';
import type { Backend, Counted } from './batch.ts';
import type { Place } from './place.ts';
import type { Read } from './read.ts';

/** A read of named things, that AWS also answers by a filter for many. */
interface Mergeable {
  /** The one field of its question: a list of ids. */
  asked: string;
  filter: string;
  /** Where the answer has its list, and the id of each. */
  list: string;
  id: string;
}

const MERGEABLE = {
  'ec2:DescribeSecurityGroups': {
    asked: 'GroupIds',
    filter: 'group-id',
    list: 'SecurityGroups',
    id: 'GroupId',
  },
} as const satisfies Partial<Record<ReadAction, Mergeable>>;
/** EC2 takes so many values of one filter. */
export const MOST_IDS = 200;

interface Waiting {
  ids: readonly string[];
  input: object;
  counted: Counted;
  settle(read: Promise<Read<unknown>>): void;
}

/**
 * The same backend, but that reads of named things which come while one like them is under way go together in the next
 * call. Who asks alone is not kept waiting. What a filter does not find is gone, as it would be by its id.
 */
export function mergedReads(backend: Backend): Backend {
  const lines = new Map<string, Waiting[]>();

  async function work(place: Place, action: ReadAction, kind: Mergeable, line: Waiting[], key: string): Promise<void> {
    while (line.length > 0) {
      const some = taken(line);
      const [first, ...others] = some as [Waiting, ...Waiting[]];
      const ids = new Set(some.flatMap((each) => each.ids));
      const read = others.length === 0 ? first.input : filterOf(kind, [...ids].sort());
      const answer = backend.read(place, action, read, first.counted);
      for (const each of some)
        each.settle(others.length === 0 ? answer : answer.then((all) => partOf(all, kind, each)));
      await answer.catch(() => undefined);
    }
    lines.delete(key);
  }

  return {
    ...backend,
    read(place, action, input, counted) {
      const kind: Mergeable | undefined = Object.hasOwn(MERGEABLE, action)
        ? MERGEABLE[action as keyof typeof MERGEABLE]
        : undefined;
      const ids = kind && idsIn(input, kind);
      if (kind === undefined || ids === undefined) return backend.read(place, action, input, counted);
      const key = `${place.account} ${place.region} ${action}`;
      return new Promise((settle) => {
        const waiting = { ids, input, counted, settle };
        const line = lines.get(key);
        if (line) return void line.push(waiting);
        const made = [waiting];
        lines.set(key, made);
        void work(place, action, kind, made, key);
      });
    },
  };
}

/** The ids of a question that asks for nothing else. */
function idsIn(input: object, { asked }: Mergeable): readonly string[] | undefined {
  const [only, ...others] = Object.entries(input).filter(([, value]) => value !== undefined);
  if (only === undefined || others.length > 0 || only[0] !== asked || !Array.isArray(only[1])) return undefined;
  return only[1].length > 0 && only[1].length <= MOST_IDS ? only[1] : undefined;
}

/** As many from the front as one filter takes. */
function taken(line: Waiting[]): Waiting[] {
  const ids = new Set<string>();
  const until = line.findIndex((each) => {
    for (const id of each.ids) ids.add(id);
    return ids.size > MOST_IDS;
  });
  return line.splice(0, until < 1 ? line.length : until);
}

/** Questions for all of these, each of as many as EC2 takes in one filter: what is gone is then only missing, where a list of ids would be refused whole. */
export function askedTogether(action: keyof typeof MERGEABLE, ids: readonly string[]) {
  return [...inParts(ids, MOST_IDS)].map((some) => filterOf(MERGEABLE[action], some));
}

function filterOf({ filter }: Mergeable, ids: readonly string[]) {
  return { Filters: [{ Name: filter, Values: [...ids] }] };
}

function partOf(read: Read<unknown>, { list, id }: Mergeable, { ids }: Waiting): Read<unknown> {
  if (read.outcome !== 'found') return read;
  const all = (read.value as Readonly<Record<string, unknown>>)[list];
  if (!Array.isArray(all)) return read;
  const found = all.filter((each) => ids.includes(each[id]));
  if (found.length < new Set(ids).size) return { outcome: 'gone', began: read.began };
  return { ...read, value: { [list]: found } };
}
