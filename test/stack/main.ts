import { parseCLI, startVitest } from 'vitest/node';
import { ROOT } from './place.ts';
import { venvOf } from './python.ts';
import { ToolError } from './tool-error.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  for (const tool of ['ministack', 'moto'] as const) venvOf(tool, say);
  const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
  const run = await startVitest('test', filter, {
    ...options,
    root: ROOT,
    config: 'vitest.stack.config.ts',
    watch: false,
    reporters: ['verbose'],
  });
  await run.close();
} catch (error) {
  if (!(error instanceof ToolError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
