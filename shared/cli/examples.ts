import type { Command } from 'commander';

/** What stands below the help of each command, without `npx eks-warden` in front: a test parses every line. */
const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  controls: ['controls', 'controls eks-control-plane-logging', 'controls --format json'],
  validate: ['validate', 'validate baseline.yml', 'validate --format json'],
  policy: ['policy deployer', 'policy reader --account 111122223333', 'policy fixer --format json'],
  replay: ['replay events.json', 'replay cloudtrail/ --format json'],
  doctor: ['doctor', 'doctor --before-deploy', 'doctor --format json'],
  notify: ['notify --test', 'notify --test --wait 120'],
  'sweep start': ['sweep start', 'sweep start --account 111122223333 --region eu-west-1'],
  'sweep status': ['sweep status', 'sweep status --profile platform'],
  'sweep history': ['sweep history', 'sweep history --last 30 --format json'],
  fixes: ['fixes', 'fixes --cluster payments --most 5', 'fixes --format json'],
  'fixes pause': ['fixes pause', 'fixes pause --profile platform'],
  'fixes resume': ['fixes resume'],
  undo: ['undo 1b2c3d4e', 'undo 1b2c3d4e --yes'],
  mute: [
    'mute payments --for 4h --reason "maintenance until noon"',
    'mute node-no-ssh --for 30m --reason "debugging a node" --even-critical',
    'mute --list',
    'mute payments --lift',
  ],
  ack: [
    "ack '111122223333#eu-west-1#cluster#payments#eks-endpoint-public-cidrs'",
    "ack '111122223333#eu-west-1#cluster#payments#eks-endpoint-public-cidrs' --note 'closing it this morning'",
  ],
  redrive: ['redrive --dry-run', 'redrive', 'redrive RechecksDeadLetters', 'redrive --dry-run --format json'],
  cost: ['cost', 'cost --clusters 100 --events 1000000', 'cost --clusters 100 --format json'],
  init: [
    'init --email security@example.org',
    'init --region eu-west-1 --region us-east-1 --profile platform --email security@example.org',
  ],
  completion: ['completion bash', 'completion zsh', 'completion fish'],
};

/** Puts its examples below the help of each command of the tree. */
export function withExamples(program: Command): Command {
  for (const [path, command] of pathsOf(program)) {
    const lines = EXAMPLES[path];
    if (lines === undefined) continue;
    const text = lines.map((line) => `  npx eks-warden ${line}`).join('\n');
    command.addHelpText('after', `\nExamples:\n${text}`);
  }
  return program;
}

/** Every command below the whole, by what one types to get there. */
export function pathsOf(program: Command, before = ''): [path: string, command: Command][] {
  return program.commands.flatMap((command) => {
    const path = `${before} ${command.name()}`.trim();
    return [[path, command] as [string, Command], ...pathsOf(command, path)];
  });
}
