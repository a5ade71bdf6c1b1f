/** What making, changing and removing one type of resource takes of whoever deploys. */
export interface Rights {
  service: string;
  actions: readonly string[];
  /** ARN resources; `{name}` is the stack, `{path}` the role path, `{killSwitch}` the parameter. */
  on: readonly string[];
  /** Also stands in the collectors, in other regions. */
  everywhere?: boolean;
  /** Narrows what has no name of ours in its ARN. */
  condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
