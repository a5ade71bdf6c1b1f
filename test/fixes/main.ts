import { parseCLI, startVitest } from 'vitest/node';
import { ROOT } from '../stack/place.ts';
import { venvOf } from '../stack/python.ts';
import { ToolError } from '../stack/tool-error.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  for (const tool of ['awscli', 'cfn-lint', 'moto'] as const) venvOf(tool, say);
  const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
  const run = await startVitest('test', filter, {
    ...options,
    root: ROOT,
    config: false,
    include: ['test/fixes/**/*.stack.ts'],
    watch: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxConcurrency: 4,
    maxWorkers: 2,
    reporters: ['verbose'],
  });
  await run.close();
} catch (error) {
  if (!(error instanceof ToolError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
