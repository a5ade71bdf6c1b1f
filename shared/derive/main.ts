import { join } from 'node:path';
import { BaselineError } from '../runtime/errors.ts';
import { derive } from './derive.ts';

const checking = process.argv.includes('--check');
try {
  const { changed, leftOver } = await derive(join(import.meta.dirname, '..', '..'), checking);
  const lines = [...changed, ...leftOver.map((path) => `${path} (of no control)`)];
  if (lines.length === 0) process.stdout.write('Everything that is derived is up to date.\n');
  else if (!checking) process.stdout.write(`Derived anew:\n  ${lines.join('\n  ')}\n`);
  else {
    process.stderr.write(`Not up to date; npm run derive writes:\n  ${lines.join('\n  ')}\n`);
    process.exitCode = 1;
  }
} catch (error) {
  if (!(error instanceof BaselineError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
