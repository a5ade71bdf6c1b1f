const HARMLESS = /^[A-Za-z0-9_./:@%+=-]+$/;

/** One word of a POSIX shell, whatever the text holds: nothing in it is expanded, and it ends nowhere but at its end. */
export function word(text: string): string {
  return HARMLESS.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

type Value = string | number | boolean | readonly unknown[] | object;

/** A call of the AWS CLI: lists and objects as JSON, which it takes everywhere. */
export function aws(call: string, options: Readonly<Record<string, Value>>): string {
  return ['aws', call, ...Object.entries(options).map(([name, value]) => option(name, value))].join(' ');
}

function option(name: string, value: Value): string {
  const flag = kebab(name);
  if (typeof value === 'boolean') return value ? `--${flag}` : `--no-${flag}`;
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  // Behind an equals sign a text that begins with a dash is no option.
  return text.startsWith('-') ? `--${flag}=${word(text)}` : `--${flag} ${word(text)}`;
}

/** `resourcesVpcConfig` as the CLI has it: `resources-vpc-config`. */
function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter, at: number) => `${at > 0 ? '-' : ''}${letter.toLowerCase()}`);
}

/** The calls of a plan as commands; undefined where there is none, or one was cut to fit the table. */
export function planned(plan: readonly string[], region: string): string[] | undefined {
  const commands = plan.map((call) => command(call, region));
  const whole = commands.filter((each) => each !== undefined);
  return whole.length > 0 && whole.length === commands.length ? whole : undefined;
}

function command(call: string, region: string): string | undefined {
  const [, service, action, json = ''] = /^([a-z0-9-]+):(\w+) (\{.*\})$/s.exec(call) ?? [];
  if (service === undefined || action === undefined) return undefined;
  try {
    const input = JSON.parse(json) as Record<string, Value>;
    return aws(`${service} ${kebab(action)}`, { ...input, region });
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
