/** Kinds of tests: `unit` beside the code; `e2e` against real windows and terminals, then `screens`, one file at a time; `commands` and `pictures` beside them, which fill their pauses; `scrolling`, which counts slow frames, alone. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Nothing that a test's till writes outside its home may reach the user's own folders; hundreds of tills compile their program once. */
const env = { XDG_STATE_HOME: cached('state'), NODE_COMPILE_CACHE: cached('compiled') };

function cached(name: string): string {
  return fileURLToPath(new URL(`.cache/test/${name}`, import.meta.url));
}

export default defineConfig({
  test: {
    // Of the tests that say that they may run at once; two cores draw three windows well.
    maxConcurrency: 3,
    projects: [
      { test: { name: 'unit', env, include: ['**/*.test.ts'], exclude: ['**/node_modules/**', 'dist/**', 'e2e/**'], testTimeout: 30_000, hookTimeout: 30_000, maxWorkers: 2 } },
      { test: { name: 'e2e', env, expect: { poll: { timeout: 10_000 } }, include: ['e2e/**/*.spec.ts'], exclude: ['**/node_modules/**', 'e2e/cli/**', 'e2e/screens/**'], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false } },
      { test: { name: 'screens', env, expect: { poll: { timeout: 10_000 } }, include: ['e2e/screens/**/*.spec.ts'], exclude: ['**/node_modules/**', 'e2e/screens/screens.spec.ts', 'e2e/screens/day-scroll.spec.ts'], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false } },
      { test: { name: 'scrolling', env, include: ['e2e/screens/day-scroll.spec.ts'], exclude: ['**/node_modules/**'], testTimeout: 120_000, hookTimeout: 120_000 } },
      { test: { name: 'pictures', env, expect: { poll: { timeout: 10_000 } }, include: ['e2e/screens/screens.spec.ts'], exclude: ['**/node_modules/**'], testTimeout: 120_000, hookTimeout: 120_000 } },
      { test: { name: 'commands', env, expect: { poll: { timeout: 10_000 } }, include: ['e2e/cli/**/*.spec.ts'], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false } },
    ],
  },
});
