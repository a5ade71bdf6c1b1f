import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import packaged from '../../../package.json' with { type: 'json' };
import type { Venvs } from './tools.ts';

const PACKAGES = { moto: 'moto', prowler: 'prowler', custodian: 'c7n' } as const;

/** Of everything that took part, by the requirements that it was made from. */
export function versionsOf(venvs: Venvs): Record<string, string> {
  const stack = join(import.meta.dirname, '..', '..', 'stack', 'requirements');
  const folders = { moto: stack, prowler: pinned, custodian: pinned };
  const names = (['moto', 'prowler', 'custodian'] as const).filter((name) => venvs[name] !== '');
  const found = names.map((name) => {
    const text = readFileSync(join(folders[name], `${name}.txt`), 'utf8');
    return [name, text.match(new RegExp(`^${PACKAGES[name]}==(.+)$`, 'm'))?.[1] ?? 'unknown'] as const;
  });
  return { 'eks-warden': packaged.version, ...Object.fromEntries(found) };
}

const pinned = join(import.meta.dirname, 'requirements');
