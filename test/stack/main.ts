import { runWithTools } from './with-tools.ts';

await runWithTools(['ministack', 'moto'], { config: 'vitest.stack.config.ts' });
