import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  pid: number;
  parent: number;
}

/** Every process, on machines that tell (Linux); none elsewhere. */
function processes(): Process[] {
  return pids().flatMap((pid) => {
    const parent = /^PPid:\s+(\d+)/m.exec(told(pid, 'status'))?.[1];
    return parent === undefined ? [] : [{ pid, parent: Number(parent) }];
  });
}

function pids(): number[] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));
  } catch {
    return [];
  }
}

/** Empty for a process that has ended. */
function told(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function family(root: number): number[] {
  const all = processes();
  const found = [root];
  for (const pid of found) found.push(...all.filter(({ parent }) => parent === pid).map((child) => child.pid));
  return found;
}

/** Kills every process that runs one function of the emulator, as a host that fails would. Returns how many there were. */
export function killFunction(emulator: number, name: string): number {
  const those = family(emulator).filter((pid) => {
    const variables = told(pid, 'environ').split('\0');
    return (
      pid !== emulator && variables.some((one) => one.startsWith('AWS_LAMBDA_FUNCTION_NAME=') && one.endsWith(name))
    );
  });
  for (const pid of those) process.kill(pid, 'SIGKILL');
  return those.length;
}

/** Watches how much memory a process and its children hold; `stop` tells the most of it (MB). */
export function peakMemory(root: number): { stop(): number } {
  let most = 0;
  const look = () => {
    const sizes = family(root).map((pid) => Number(/^VmRSS:\s+(\d+)/m.exec(told(pid, 'status'))?.[1] ?? 0));
    most = Math.max(most, sizes.reduce((sum, size) => sum + size, 0) / 1024);
  };
  const timer = setInterval(look, 500);
  return {
    stop() {
      clearInterval(timer);
      look();
      return most;
    },
  };
}
