import type { AnyControl } from '../controls/define-control.ts';
import { field, list, object, text } from '../resources/json.ts';
import type { AnyKind } from '../resources/kind.ts';
import { MODES, type Mode } from './baseline.ts';
import { catalogueVersion } from './catalogue-version.ts';
import type { Path } from './positions.ts';
import { type Complaint, complaintsOf, shown } from './sentences.ts';
import { unfixable } from './unfixable.ts';
import { waiverComplaints } from './waiver-checks.ts';

export interface Checked {
  /** The file as plain data; whatever is not of its proper shape is passed over, because the schema complains of it. */
  data: unknown;
  controls: ReadonlyMap<string, AnyControl>;
  kinds: readonly AnyKind[];
  /** Now (ms). */
  now: number;
}

/** What no schema can say: rules between keys, and between a key and the catalogue. */
export function contradictions({ data, controls, kinds, now }: Checked): Complaint[] {
  return [
    ...version(data, controls),
    ...settings(data, controls),
    ...list(data, 'scopes').flatMap(boundless),
    ...repeated(data, 'scopes'),
    ...repeated(data, 'routes'),
    ...list(data, 'waivers').flatMap((waiver, index) =>
      waiverComplaints(waiver, ['waivers', index], controls.get(text(waiver, 'control') ?? ''), kinds, now),
    ),
    ...list(data, 'routes').flatMap(channelWithoutSlack),
    ...unwatched(data),
  ];
}

const about = (path: Path, problem: string): Complaint => ({ path, at: 'value', problem });

function version(data: unknown, controls: ReadonlyMap<string, AnyControl>): Complaint[] {
  const newest = catalogueVersion([...controls.values()]);
  return Number(field(data, 'catalogue')) > newest
    ? [about(['catalogue'], `this eks-warden knows catalogue ${newest} at most: write ${newest}.`)]
    : [];
}

/** Every setting of every known control, at the root and in scopes. */
function settings(data: unknown, controls: ReadonlyMap<string, AnyControl>): Complaint[] {
  const root = object(data, 'controls');
  const places: [unknown, Path][] = [
    [root, ['controls']],
    ...list(data, 'scopes').map((scope, index): [unknown, Path] => [
      object(scope, 'controls'),
      ['scopes', index, 'controls'],
    ]),
  ];
  return places.flatMap(([written, path]) =>
    Object.entries(written as object).flatMap(([id, setting]) => {
      const control = controls.get(id);
      return control ? ofSetting(control, setting, field(root, id), [...path, id]) : [];
    }),
  );
}

function ofSetting(control: AnyControl, setting: unknown, root: unknown, path: Path): Complaint[] {
  const mode = typeof setting === 'string' ? setting : text(setting, 'mode');
  const why = isMode(mode) ? unfixable(control, mode) : undefined;
  return [
    ...(why === undefined ? [] : [about(typeof setting === 'string' ? path : [...path, 'mode'], why)]),
    ...paramsTogether(control, setting, root, path),
  ];
}

/**
 * Params that are each right may be wrong together. What is wrong at the root already is not told again for a scope.
 */
function paramsTogether({ params }: AnyControl, setting: unknown, root: unknown, path: Path): Complaint[] {
  const below = object(root, 'params');
  if (setting !== root && !params.safeParse(below).success) return [];
  const { error } = params.safeParse({ ...below, ...object(setting, 'params') }, { reportInput: true });
  const sources = { keysAt: () => [], writtenAt: () => undefined };
  return complaintsOf(error?.issues ?? [], sources, [...path, 'params']);
}

function isMode(mode: unknown): mode is Mode {
  return (MODES as readonly unknown[]).includes(mode);
}

function boundless(scope: unknown, index: number): Complaint[] {
  const where = field(scope, 'where');
  return typeof where === 'object' && where !== null && Object.keys(where).length === 0
    ? [about(['scopes', index, 'where'], 'selects everything: name accounts, regions, clusters or tags.')]
    : [];
}

function repeated(data: unknown, key: 'scopes' | 'routes'): Complaint[] {
  const names = list(data, key).map((each) => text(each, 'name'));
  return names.flatMap((name, index) =>
    name !== undefined && names.indexOf(name) < index
      ? [about([key, index, 'name'], `${shown(name)} is the name of an earlier one: choose another.`)]
      : [],
  );
}

function channelWithoutSlack(route: unknown, index: number): Complaint[] {
  return field(route, 'slackChannel') !== undefined && !list(route, 'to').includes('slack')
    ? [
        about(
          ['routes', index, 'slackChannel'],
          'has no effect while slack is not among to: add it, or leave this out.',
        ),
      ]
    : [];
}

function unwatched(data: unknown): Complaint[] {
  const watched = list(data, 'accounts');
  if (watched.length === 0) return [];
  return list(object(data, 'remediation'), 'accounts').flatMap((account, index) =>
    watched.includes(account)
      ? []
      : [about(['remediation', 'accounts', index], `${shown(account)} is not watched: add it to accounts first.`)],
  );
}
