/** Two kinds of tests: `unit` beside the code, and `e2e` against real windows, sockets and terminals, one at a time. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['**/*.test.ts'], exclude: ['**/node_modules/**', 'dist/**', 'e2e/**'], testTimeout: 30_000, hookTimeout: 30_000, maxWorkers: 2 } },
      { test: { name: 'e2e', include: ['e2e/**/*.spec.ts'], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false } },
    ],
  },
});
