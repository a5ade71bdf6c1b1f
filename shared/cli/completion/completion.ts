import type { Command } from 'commander';
import type { Shell } from './command.ts';
import { type Node, nodesOf, type OptionWord } from './tree.ts';

/** The text that a shell reads to complete the command's words. */
export function completionFor(shell: Shell, program: Command): string {
  const nodes = nodesOf(program);
  if (shell === 'bash') return bash(nodes);
  return shell === 'zsh' ? zsh(nodes) : fish(nodes);
}

/** Which command the words so far name: a group's name leads to those in it. */
function descents(nodes: readonly Node[]): [from: string, to: string][] {
  return nodes.filter(({ path }) => path !== '').map(({ path }) => [path.includes(' ') ? path : ` ${path}`, path]);
}

/** The options behind which a value stands, by the command they belong to. */
function valued({ path, options }: Node): { key: string; values: readonly string[] }[] {
  return options.flatMap(({ flag, value }) => (value === 'none' ? [] : [{ key: `${path} ${flag}`, values: value }]));
}

function bash(nodes: readonly Node[]): string {
  const values = nodes.flatMap(valued).map(({ key, values: some }) => `    '${key}') ${replyOf(some)} return ;;`);
  const words = nodes.map(({ path, commands, options, words: some }) => {
    const all = [...commands.map(({ name }) => name), ...some, ...options.map(({ flag }) => flag)];
    return `    '${path}') ${replyOf(all)} ;;`;
  });
  return `# eks-warden's completion for bash: eval "$(npx eks-warden completion bash)"
_eks_warden() {
  local current="\${COMP_WORDS[COMP_CWORD]}" at='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in
${descents(nodes)
  .map(([from, to]) => `    '${from}') at='${to}' ;;`)
  .join('\n')}
    esac
  done
  case "$at \${COMP_WORDS[COMP_CWORD - 1]}" in
${values.join('\n')}
  esac
  case "$at" in
${words.join('\n')}
  esac
}
complete -o default -F _eks_warden eks-warden`;
}

/** Without any word bash goes on to file names. */
function replyOf(words: readonly string[]): string {
  return words.length === 0 ? '' : `COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$current"));`;
}

function zsh(nodes: readonly Node[]): string {
  const values = nodes.flatMap(valued).map(({ key, values: some }) => {
    return `    '${key}') ${some.length === 0 ? '_files' : `compadd -- ${some.join(' ')}`}; return ;;`;
  });
  const words = nodes.map(({ path, commands, options, words: some }) => {
    const items = [
      ...commands.map(({ name, summary }) => described(name, summary)),
      ...some.map((word) => described(word, '')),
      ...options.map(({ flag, summary }) => described(flag, summary)),
    ];
    return `    '${path}') items=(${items.join(' ')}) ;;`;
  });
  return `#compdef eks-warden
# eks-warden's completion for zsh: eval "$(npx eks-warden completion zsh)"
_eks_warden() {
  local at='' word
  local -a items
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "$at $word" in
${descents(nodes)
  .map(([from, to]) => `    '${from}') at='${to}' ;;`)
  .join('\n')}
    esac
  done
  case "$at \${words[CURRENT-1]}" in
${values.join('\n')}
  esac
  case "$at" in
${words.join('\n')}
  esac
  _describe 'eks-warden' items || _files
}
compdef _eks_warden eks-warden`;
}

/** `_describe` takes a colon for the end of the word. */
function described(word: string, summary: string): string {
  const text = word.replaceAll(':', '\\:') + (summary === '' ? '' : `:${summary}`);
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function fish(nodes: readonly Node[]): string {
  return [
    '# eks-warden completion for fish: npx eks-warden completion fish | source',
    'complete -c eks-warden -f',
    ...nodes.flatMap((node) => [
      ...node.commands.map(({ name, summary }) => `complete ${here(node, nodes)} -a ${name} -d ${quoted(summary)}`),
      ...(node.words.length === 0 ? [] : [`complete ${here(node, nodes)} -a ${quoted(node.words.join(' '))}`]),
      ...(node.free ? [`complete ${below(node)} -F`] : []),
      ...node.options.map((option) => `complete ${below(node)} ${fishOption(option)}`),
    ]),
  ].join('\n');
}

/** Where a word of a group may stand: behind its name, and before any of its own commands. */
function here(node: Node, nodes: readonly Node[]): string {
  const { path, commands } = node;
  if (path === '') return `-c eks-warden -n ${quoted('__fish_use_subcommand')}`;
  const inside = commands
    .map(({ name }) => name)
    .filter((name) => nodes.some((each) => each.path === `${path} ${name}`));
  const before = inside.length === 0 ? '' : `; and not __fish_seen_subcommand_from ${inside.join(' ')}`;
  return `-c eks-warden -n ${quoted(`${seen(path)}${before}`)}`;
}

function below({ path }: Node): string {
  return path === '' ? '-c eks-warden' : `-c eks-warden -n ${quoted(seen(path))}`;
}

function seen(path: string): string {
  return path
    .split(' ')
    .map((name) => `__fish_seen_subcommand_from ${name}`)
    .join('; and ');
}

function fishOption({ flag, summary, value }: OptionWord): string {
  const after = value === 'none' ? '' : value.length === 0 ? ' -r -F' : ` -x -a ${quoted(value.join(' '))}`;
  return `-l ${flag.slice(2)}${after} -d ${quoted(summary)}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
