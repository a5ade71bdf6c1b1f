import { SettingError } from './errors.ts';

/** Reads settings from the environment; all that are missing are named at once, at cold start. An empty one counts as missing. */
export function settings<const Name extends string>(
  names: readonly Name[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Record<Name, string> {
  const missing = names.filter((name) => !environment[name]);
  if (missing.length > 0) {
    throw new SettingError(
      `Settings are missing from the environment: ${missing.join(', ')}. Deploy the function again.`,
    );
  }
  return Object.fromEntries(names.map((name) => [name, environment[name]])) as Record<Name, string>;
}
