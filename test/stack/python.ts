import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ToolError } from './tool-error.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** The Python tools; each has a venv of its own, for their requirements contradict each other. */
export type PythonTool = 'ministack' | 'moto' | 'cfn-lint' | 'checkov' | 'awscli' | 'prowler' | 'custodian';

/** Where the tests' own pinned requirements are. */
const PINNED = join(import.meta.dirname, 'requirements');
const NAMES = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10', 'python'];
const RECENT = 'import sys, venv, ensurepip; sys.exit(0 if sys.version_info >= (3, 10) else 1)';

/** A Python of 3.10 or newer that can make venvs. */
function findPython(): string {
  const found = NAMES.find((name) => spawnSync(name, ['-c', RECENT], { stdio: 'ignore' }).status === 0);
  if (found !== undefined) return found;
  throw new ToolError(
    'These tests need Python 3.10 or newer with its venv module (on Debian and Ubuntu: python3-venv), and none is in PATH.',
  );
}

/** The folder of a tool's venv, made anew only when its requirements, pinned in that folder, changed. */
export function venvOf(tool: PythonTool, say: (line: string) => void, pinned = PINNED): string {
  const requirements = join(pinned, `${tool}.txt`);
  const folder = join(ROOT, '.cache', 'venvs', tool);
  const stamp = join(folder, 'requirements.sha256');
  const hash = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return folder;
  say(`Installing ${tool} into .cache/venvs/${tool} …`);
  mkdirSync(join(ROOT, '.cache', 'venvs'), { recursive: true });
  run(findPython(), ['-m', 'venv', '--clear', folder], tool);
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', '-r', requirements];
  run(join(folder, 'bin', 'python'), install, tool);
  writeFileSync(stamp, hash);
  return folder;
}

function run(command: string, args: readonly string[], tool: PythonTool): void {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status === 0) return;
  throw new ToolError(`${tool} could not be installed: ${error?.message ?? `${command} ended with ${status}`}.`);
}
