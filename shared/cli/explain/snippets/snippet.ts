import type { Partition } from '../../../aws/partition.ts';
import type { Fillings } from '../../../controls/define-control.ts';
import type { Said } from '../../../evaluation/verdict.ts';
import type { Resource } from '../../../resources/resource.ts';

/** What a fix is filled in with: a finding's own names, as data. */
export interface Place {
  resource: Resource;
  /** The first cluster that the resource belongs to, else a word to replace. */
  cluster: string;
  partition: Partition;
  said: readonly Said[];
  /** What a fix of ours would call, `service:Action {input}`. */
  plan: readonly string[];
}

/** The text of a file, or why this tool has no way to put it right. */
export type Template = ((place: Place) => string) | { none: string };

/** How a person puts a failed control right, by each of the tools that people use. Words in capitals are to be replaced. */
export interface Snippets {
  /** Commands for a POSIX shell, one a line; a comment begins with #. */
  cli(place: Place): readonly string[];
  console(place: Place): readonly string[];
  terraform: Template;
  cloudformation: Template;
  eksctl: Template;
}

/** What the first message that has it says of this value. */
export function told({ said }: Place, name: string): string | undefined {
  const data: Fillings | undefined = said.map((each) => each.data).find((each) => Object.hasOwn(each, name));
  return data === undefined ? undefined : String(data[name]);
}

export function hasReason({ said }: Place, ...reasons: readonly string[]): boolean {
  return said.some(({ reason }) => reasons.includes(reason));
}
