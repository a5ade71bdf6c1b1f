import type { z } from 'zod';
import type { AnyControl, Severity } from '../controls/define-control.ts';
import type { Mode } from './baseline.ts';
import { sinceOf } from './catalogue-version.ts';
import type { BaselineFile, Setting } from './schema.ts';

/** A control's settings at one place, later places laid over earlier ones. */
export interface Settings {
  mode: Mode;
  severity?: Severity;
  params: Record<string, unknown>;
  always: boolean;
}

/** A baseline in which nothing is left to defaults. Plain JSON: it goes into a bundle, which then parses no params. */
export type WrittenOut = Omit<BaselineFile, 'controls'> & { controls: Record<string, Settings> };

/** Writes validated data out for a whole catalogue: every control has its mode and all its params, as its schema gives them. */
export function writtenOut(data: BaselineFile, catalogue: readonly AnyControl[]): WrittenOut {
  const { scopes = [] } = data;
  return {
    ...data,
    controls: Object.fromEntries(catalogue.map((control) => [control.id, rootSettings(control, data)])),
    scopes: scopes.map((scope) => ({ ...scope, controls: scopeSettings(scope.controls, catalogue) })),
  };
}

/**
 * One left out is off, unless it came with a newer catalogue than the file was written for: that one starts in
 * `observe`.
 */
function rootSettings(control: AnyControl, { catalogue, controls }: BaselineFile): Settings {
  const setting = controls[control.id];
  const written = typeof setting === 'object' ? setting : { mode: setting };
  const { mode = sinceOf(control) > catalogue ? 'observe' : 'off', severity, params = {}, always = false } = written;
  return { mode, params: control.params.parse(params), always, ...(severity ? { severity } : {}) };
}

/** Only the params that a scope names: the others stay as they are below it. */
function scopeSettings(controls: BaselineFile['controls'], catalogue: readonly AnyControl[]): BaselineFile['controls'] {
  const shapes = new Map(catalogue.map(({ id, params }) => [id, params.shape as Record<string, z.ZodType>]));
  const parsed = (id: string, setting: Setting): Setting => {
    if (typeof setting === 'string' || setting.params === undefined) return setting;
    const params = Object.entries(setting.params).map(([key, value]) => [key, shapes.get(id)?.[key]?.parse(value)]);
    return { ...setting, params: Object.fromEntries(params) };
  };
  return Object.fromEntries(
    Object.entries(controls).flatMap(([id, setting]) => (setting === undefined ? [] : [[id, parsed(id, setting)]])),
  );
}
