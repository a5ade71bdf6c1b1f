import type { AnyControl } from '../controls/define-control.ts';
import type { KindName } from '../resources/resource.ts';
import { keyOf } from '../resources/resource.ts';
import { DAY } from '../runtime/clock.ts';
import type { Baseline, Mode, Route, Rule, Waiver, Where } from './baseline.ts';
import { globOf, matches, matchesKey } from './pattern.ts';
import type { BaselineFile, Selectors, Setting } from './schema.ts';
import { type Settings, type WrittenOut, writtenOut } from './write-out.ts';

const KILL_SWITCH = '/eks-warden/fixes';
const FIXES_PER_HOUR = 10;
/** Days. */
const REMIND_AFTER = 1;

/** Makes validated data ready for use. */
export function compileBaseline(data: BaselineFile, catalogue: readonly AnyControl[]): Baseline {
  return readyBaseline(writtenOut(data, catalogue), catalogue);
}

/**
 * Makes a written-out baseline ready for use without any schema. The rules of a kind are worked out once for each set of
 * scopes that ever holds.
 */
export function readyBaseline(data: WrittenOut, catalogue: readonly AnyControl[]): Baseline {
  const { scopes = [], remediation = {}, accounts = [], routes = [] } = data;
  const controls = [...catalogue].sort((a, b) => (a.id < b.id ? -1 : 1));
  const atRoot = new Map(Object.entries(data.controls));
  const modes = ({ id }: AnyControl): Mode[] =>
    [atRoot.get(id)?.mode, ...scopes.map((scope) => modeOf(scope.controls[id]))].map((mode) => mode ?? 'off');
  const enabled = controls.filter((control) => modes(control).some((mode) => mode !== 'off'));
  return {
    controls: enabled,
    fixed: enabled.filter((control) => modes(control).some((mode) => mode === 'approve' || mode === 'remediate')),
    rules: rulesOf(enabled, atRoot, scopes),
    waiver: waiverOf((data.waivers ?? []) as Waiver[]),
    waivers: (data.waivers ?? []) as Waiver[],
    routes: routes as readonly Route[],
    remindAfter: data.remindAfter ?? REMIND_AFTER,
    remediation: {
      killSwitch: remediation.killSwitch ?? KILL_SWITCH,
      fixesPerHour: remediation.fixesPerHour ?? FIXES_PER_HOUR,
      accounts: remediation.accounts ?? [],
    },
    accounts,
  };
}

type Scope = NonNullable<BaselineFile['scopes']>[number];

function rulesOf(enabled: readonly AnyControl[], atRoot: ReadonlyMap<string, Settings>, scopes: readonly Scope[]) {
  const made = new Map<string, Rule[]>();
  return (kind: KindName, where: Where): Rule[] => {
    let key: string = kind;
    for (const [index, scope] of scopes.entries()) if (selects(scope.where, where)) key += `,${index}`;
    const known = made.get(key);
    if (known) return known;
    const holding = scopes.filter(({ where: selectors }) => selects(selectors, where));
    const judging = enabled.filter(({ resources }) => resources.some((each) => each.kind === kind));
    const rules = judging.flatMap((control) => ruleOf(control, atRoot.get(control.id), holding));
    made.set(key, rules);
    return rules;
  };
}

function ruleOf(control: AnyControl, root: Settings | undefined, holding: readonly Scope[]): Rule[] {
  if (root === undefined) return [];
  const { mode, severity, params, always } = holding.reduce(
    (settings, scope) => laidOver(settings, scope.controls[control.id]),
    root,
  );
  return mode === 'off' ? [] : [{ control, mode, params, always, ...(severity ? { severity } : {}) }];
}

function laidOver(below: Settings, setting: Setting | undefined): Settings {
  if (setting === undefined) return below;
  if (typeof setting === 'string') return { ...below, mode: setting };
  const severity = setting.severity ?? below.severity;
  return {
    mode: setting.mode ?? below.mode,
    params: { ...below.params, ...setting.params },
    always: setting.always ?? below.always,
    ...(severity ? { severity } : {}),
  };
}

function modeOf(setting: Setting | undefined): Mode | undefined {
  return typeof setting === 'string' ? setting : setting?.mode;
}

/**
 * Every selector that is given must hold; of a list, one entry. A resource without clusters or tags is in no scope that
 * asks for them.
 */
function selects({ accounts, regions, clusters, tags }: Selectors, where: Where): boolean {
  const { account, region } = where.resource;
  return (
    (accounts?.includes(account) ?? true) &&
    (regions?.includes(region) ?? true) &&
    (clusters?.some((wanted) => where.clusters.some((cluster) => matches(wanted, cluster))) ?? true) &&
    Object.entries(tags ?? {}).every(([name, value]) => Object.hasOwn(where.tags, name) && where.tags[name] === value)
  );
}

/** Exact ones are looked up, globs tried in the order of the file; the day is compared here, never left to a TTL. */
function waiverOf(waivers: readonly Waiver[]): Baseline['waiver'] {
  const exact = Map.groupBy(
    waivers.filter(({ resource }) => globOf(resource) === undefined),
    ({ control, resource }) => `${control} ${resource}`,
  );
  const globs = Map.groupBy(
    waivers.filter(({ resource }) => globOf(resource) !== undefined),
    ({ control }) => control,
  );
  return (control, { resource }, now) => {
    const key = keyOf(resource);
    const holds = ({ until }: Waiver) => now < Date.parse(until) + DAY;
    return (
      exact.get(`${control} ${key}`)?.find(holds) ??
      globs.get(control)?.find((waiver) => holds(waiver) && matchesKey(waiver.resource, key))
    );
  };
}
