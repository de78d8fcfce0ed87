/** Devices that fail in the middle of the trade: a payment never waits for them, and they come back without a restart. */
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { atBothCounters } from './stories.ts';

const sale = 'Type the amount, then scan';
const paidOnce = [{ state: 'paid', timesCharged: 1 }];

atBothCounters('devices', 'en', (scene) => {
  const done = async (): Promise<void> => {
    const { counter } = scene();
    await counter.press('Enter');
    await counter.headline(sale);
  };

  const receiptsOf = async (minor: number): Promise<number> => {
    const [order] = scene().shop.booked(minor);
    return (await scene().shop.paper.receipts()).filter((receipt) => receipt.barcodes[0] === order?.reference).length;
  };

  it('goes on with the payment when the devices process is killed, says so, and the scanner works again', async () => {
    const { counter, shop, sell } = scene();
    await sell('41', shop.code('ignored'));
    await counter.headline('Waiting for the customer to pay');
    const said = counter.sees('Scanner: look');
    process.kill(devicesProcessOf(counter.pid), 'SIGKILL');
    await said;
    await counter.headline('Waiting for the customer to pay');
    shop.simulator.world.confirm(shop.booked(4100)[0]?.reference ?? '');
    await counter.headline('Paid');
    await counter.sees('Receipt printed');
    expect(shop.booked(4100)).toMatchObject(paidOnce);
    await done();
    await counter.sees('Scanner is ready');
    await sell('42', shop.code('paid'));
    await counter.headline('Paid');
    expect(shop.booked(4200)).toMatchObject(paidOnce);
    await done();
  });

  it('says that the scanner was unplugged and how to sell without it, and works again when it is plugged in', async () => {
    const { counter, shop, sell } = scene();
    await shop.scanner.unplug();
    await counter.sees('Scanner: gone');
    await counter.sees('No scanner');
    await counter.sees(/The scanner is unplugged/);
    await counter.type('43');
    // With an amount, Enter is cash, and the code by hand stands beside it.
    await counter.press('Enter');
    await counter.headline('Cash received? Or just scan');
    await counter.press('*');
    await counter.headline('Type the code from the phone');
    await counter.type(shop.code('paid'));
    await counter.press('Enter');
    await counter.headline('Paid');
    expect(shop.booked(4300)).toMatchObject(paidOnce);
    await done();
    await shop.scanner.plug();
    await counter.sees('Scanner is ready');
    await sell('44', shop.code('paid'));
    await counter.headline('Paid');
    expect(shop.booked(4400)).toMatchObject(paidOnce);
    await done();
  });

  it('case 40: sells while the printer is off, and the receipt prints by itself when it is back', async () => {
    const { counter, shop, sell } = scene();
    await shop.paper.switchOff();
    await sell('45', shop.code('paid'));
    await counter.headline('Paid');
    await counter.sees('Receipt not printed yet');
    await done();
    await counter.sees('Printer: gone');
    await counter.sees(/The printer cannot be reached. Payments are not affected and receipts are kept/);
    expect(await receiptsOf(4500)).toBe(0);
    await shop.paper.switchOn();
    await counter.isGone('Printer: gone');
    await expect.poll(() => receiptsOf(4500), { timeout: 15_000 }).toBe(1);
    expect(shop.booked(4500)).toMatchObject(paidOnce);
  });

  it('says that the paper is out, delays no payment, and prints by itself once there is paper', async () => {
    const { counter, shop, sell } = scene();
    shop.paper.runOut();
    await sell('46', shop.code('paid'));
    await counter.headline('Paid');
    await counter.sees('Receipt not printed yet');
    await done();
    await counter.sees('Printer: look');
    await counter.sees(/The printer is out of paper. Payments are not affected/);
    shop.paper.load();
    await counter.isGone('Printer: look');
    await expect.poll(() => receiptsOf(4600), { timeout: 15_000 }).toBe(1);
    expect(shop.booked(4600)).toMatchObject(paidOnce);
  });
});

/** The one child of the till that holds the devices: a fork of Node, or a utility process of Electron. */
function devicesProcessOf(till: number): number {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n').map((row) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row));
  const parents = new Map(rows.map((row) => [Number(row?.[1]), Number(row?.[2])]));
  const isUnder = (pid: number): boolean => {
    const parent = parents.get(pid) ?? 0;
    return parent === till || (parent > 1 && isUnder(parent));
  };
  const found = rows.flatMap((row) => {
    const pid = Number(row?.[1]);
    return /devices\/process\.js|node\.mojom\.NodeService/.test(row?.[3] ?? '') && isUnder(pid) ? [pid] : [];
  });
  if (found.length !== 1) throw new Error(`${found.length} devices processes under ${till}`);
  return found[0] ?? 0;
}
