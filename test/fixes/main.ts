import { runWithTools } from '../stack/with-tools.ts';

await runWithTools(['awscli', 'cfn-lint', 'moto'], {
  config: false,
  include: ['test/fixes/**/*.stack.ts'],
  testTimeout: 60_000,
  hookTimeout: 60_000,
  maxConcurrency: 4,
  maxWorkers: 2,
});
