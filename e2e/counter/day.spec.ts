/** A whole day of a shop, from the first person to the spreadsheet, by number pad and scanner alone: every sum equals the gateways' books. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, it } from 'vitest';
import { Day, type DayStaff } from './day.ts';
import type { Language } from './day-words.ts';
import { hosts, type Host } from './hosts.ts';
import { openScene, whyNot, type Scene } from './stories.ts';

/** Who works there. Names as their languages write them; PINs that are no run, no date and nobody else's. */
const shops: readonly { readonly host: Host | undefined; readonly language: Language; readonly staff: DayStaff }[] = [
  { host: hosts[0], language: 'zh-CN', staff: { owner: { name: '陈晓', pin: '2749' }, supervisor: { name: '王芳', pin: '8163' }, cashier: { name: '李明', pin: '5937' } } },
  { host: hosts[1], language: 'en', staff: { owner: { name: 'Chen', pin: '2749' }, supervisor: { name: 'Wang', pin: '8163' }, cashier: { name: 'Li', pin: '5937' } } },
];

for (const { host, language, staff } of shops) {
  if (host === undefined) continue;
  const why = whyNot(host);
  const name = `a day in ${language} ${host.name}`;
  if (why !== null) console.warn(`${name}: skipped, ${why}.`);
  describe.skipIf(why !== null)(why === null ? name : `${name} (skipped: ${why})`, () => {
    const user = mkdtempSync(join(tmpdir(), 'scantill-user-'));
    let scene: Scene | null = null;

    afterAll(async () => {
      await scene?.counter.stop();
      await scene?.shop.close();
      rmSync(user, { recursive: true, force: true });
    });

    it('by keys and scans: people, shift, four sales, find by the receipt, two refunds, X, count, Z, list and spreadsheet, all sums equal', async () => {
      const stick = join(user, 'stick');
      mkdirSync(stick);
      scene = await openScene(host, language, { settings: { refund: { approvalAbove: '50.00' }, cash: { on: true }, backup: { folder: stick } }, environment: { HOME: user } });
      const day = new Day(scene, language, staff);
      try {
        await day.people();
        await day.open();
        await day.sell();
        await day.refund();
        await day.readX();
        await day.close();
        await day.export(user);
      } catch (error) {
        await scene.counter.tellFailure(`day-${language}-failed`);
        throw error;
      }
    }, 240_000);
  });
}
