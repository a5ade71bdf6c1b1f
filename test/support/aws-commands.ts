import { problemsOf } from './cloud/audited/wire/check.ts';
import { membersOf, operationsOf, type ServiceName } from './cloud/audited/wire/schema.ts';

/** What every command of the AWS CLI takes. */
const GLOBAL = new Set(['region', 'query', 'output']);

/** `--version` is the CLI's own, so it calls this member of EKS otherwise. */
const RENAMED: Readonly<Record<string, string>> = { 'kubernetes-version': 'version' };

const plainly = (text: string) => text.replaceAll('-', '').toLowerCase();

/** A command of the AWS CLI, as the SDK's own schemas have it: what it calls, with which input. */
export function requestOf(words: readonly string[]): {
  service: ServiceName;
  operation: string;
  input: Record<string, unknown>;
} {
  const [, service = '', call = '', ...options] = words;
  const operation = operationsOf(service as ServiceName).find(({ name }) => plainly(name) === plainly(call));
  if (operation === undefined) throw new Error(`There is no command ${service} ${call}.`);
  const members = membersOf(operation.input);
  const input: Record<string, unknown> = {};
  for (let at = 0; at < options.length; at++) {
    const [, flag = '', own] = /^--([a-z0-9-]+)(?:=(.*))?$/s.exec(options[at] ?? '') ?? [];
    const isMember = (name: string) => members.find(([member]) => plainly(member) === plainly(RENAMED[name] ?? name));
    const [name, shape] = isMember(flag) ?? isMember(flag.replace(/^no-/, '')) ?? [];
    if (name === undefined || shape === undefined) {
      if (!GLOBAL.has(flag)) throw new Error(`${service} ${call} takes no --${flag}.`);
      at++;
    } else if (shape.isBooleanSchema()) input[name] = !flag.startsWith('no-');
    else {
      const text = own ?? options[++at] ?? '';
      input[name] = shape.isStringSchema() ? text : JSON.parse(text);
    }
  }
  return { service: service as ServiceName, operation: operation.name, input };
}

/** What AWS would not understand about a command. `wait` is the CLI's own. */
export function commandProblems(words: readonly string[]): string[] {
  if (words[2] === 'wait') return [];
  try {
    const { service, operation, input } = requestOf(words);
    const shape = operationsOf(service).find(({ name }) => name === operation)?.input;
    return shape === undefined ? ['no shape'] : problemsOf(shape, input, operation, { required: true });
  } catch (error) {
    return [`${words.join(' ')}: ${(error as Error).message}`];
  }
}
