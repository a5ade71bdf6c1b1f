import { parseCLI, startVitest } from 'vitest/node';
import { ROOT } from './place.ts';
import { type PythonTool, venvOf } from './python.ts';
import { ToolError } from './tool-error.ts';

/** Runs tests that need these tools, which are installed first; what was typed after the script's name narrows them. */
export async function runWithTools(
  tools: readonly PythonTool[],
  config: Parameters<typeof startVitest>[2],
): Promise<void> {
  try {
    for (const tool of tools) venvOf(tool, (line) => process.stdout.write(`${line}\n`));
    const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
    const run = await startVitest('test', filter, {
      ...options,
      ...config,
      root: ROOT,
      watch: false,
      reporters: ['verbose'],
    });
    await run.close();
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
