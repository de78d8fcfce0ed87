/** docs/gateways.md is what the code says today. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gatewaysPage } from './gateways-page.ts';

test('docs/gateways.md is not stale (node scripts/gateways-table.mjs makes it anew), and none of its rows has an empty cell', async () => {
  const page = await gatewaysPage();
  expect(readFileSync(join(import.meta.dirname, '..', 'docs', 'gateways.md'), 'utf8')).toBe(page);
  expect(page.split('\n').filter((line) => line.startsWith('|') && /\|\s*\|/.test(line))).toEqual([]);
}, 180_000);
