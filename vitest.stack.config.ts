import { defineConfig } from 'vitest/config';

/** The scenarios on the emulator, in one process: they share one deployment. Run by test/stack/main.ts. */
export default defineConfig({
  test: {
    include: ['test/stack/**/*.stack.ts'],
    testTimeout: 240_000,
    hookTimeout: 240_000,
    fileParallelism: false,
    maxWorkers: 1,
    maxConcurrency: 12,
    sequence: { concurrent: false },
  },
});
