/** What happens around a shown code, told at one gateway: paid, given back, taken back, paid at the last second. */
import { expect, it } from 'vitest';
import type { GatewayId } from '../../simulator/index.ts';
import { minorOf, type Showing } from './showing.ts';

export interface ShowingGateway {
  readonly id: GatewayId;
  /** What closing a code does: one gateway's undoes what was paid meanwhile, others' fails then, and two have none. */
  readonly closes: 'undoesPaid' | 'unpaidOnly' | 'never';
  readonly refunds: boolean;
}

/** How long a code is up. */
export const presentSeconds = 9;

/** `yuan` is this gateway's own, so that each story has an amount that no other one has. */
export function storiesAt(gateway: ShowingGateway, yuan: number, showing: () => Showing): void {
  const { id, closes, refunds } = gateway;

  it('shows a code on both screens, is Paid on both once the payer has paid it, and prints its receipt', async () => {
    const till = showing();
    const { counter, say } = till;
    await till.routeTo(id);
    await till.customerSees('idle');
    await till.typeAmount(`${yuan}.1`);
    await till.customerSees('pay', say.showCode);
    await counter.press('*');
    const code = await till.codeUp(`${yuan}.1`);
    expect(code.gateway).toBe(id);
    await counter.sees(say.onDisplay);
    expect(till.shop.simulator.world.payShown(code.qr)).toMatchObject({ done: true });
    await till.isPaid(`${yuan}.1`);
    expect(await till.printedReference()).toBe(code.reference);
  });

  it(refunds ? 'gives it back when its printed receipt is scanned' : 'says that it can\'t be given back here when its receipt is scanned, and sends nothing', async () => {
    const till = showing();
    const { counter, say } = till;
    const { world } = till.shop.simulator;
    const printed = await till.printedReference();
    expect(printed).toBe(till.ordersOf(`${yuan}.1`)[0]?.reference);
    // The till goes on asking about codes that nothing closed: that moves no money.
    const moving = (): number => world.requests().filter(({ call, gateway }) => gateway === id && call !== 'query').length;
    const before = moving();
    till.scan(printed);
    await counter.headline(say.refund);
    if (!refunds) await counter.sees(say.cannotRefund);
    await counter.cap(`${refunds ? say.refundIt : say.recordIt}${yuan}.10`);
    await counter.press('Enter');
    await counter.headline(refunds ? say.refunded : say.recorded);
    if (refunds) {
      expect(till.ordersOf(`${yuan}.1`)[0]?.refunds).toMatchObject([{ amount: minorOf(`${yuan}.1`), phase: 'done' }]);
    } else {
      await counter.sees(say.recordedOutside);
      expect(moving()).toBe(before);
    }
    await counter.press('Enter');
    await counter.headline(say.sale);
  });

  if (closes === 'never') leftOpen(gateway, yuan, showing);
  else takenBack({ id, closes }, yuan, showing);

  it('is Paid where the payer pays in the last second', async () => {
    const till = showing();
    await till.routeTo(id);
    till.paysInTheLastSecond(await till.show(`${yuan}.4`), presentSeconds);
    await till.isPaid(`${yuan}.4`);
  });
}

/** At gateways that can close a code. */
function takenBack({ id, closes }: Pick<ShowingGateway, 'id' | 'closes'>, yuan: number, showing: () => Showing): void {
  it('takes an unpaid code back with one key: closed for certain, paid by nobody afterwards', async () => {
    const till = showing();
    const { counter, say } = till;
    await till.routeTo(id);
    const code = await till.show(`${yuan}.2`);
    await counter.press('-');
    await counter.headline(say.undone);
    await till.customerSees('notPaid', say.nothingTaken);
    expect(till.shop.simulator.world.payShown(code.qr)).toEqual({ done: false, why: 'ended' });
    expect(till.ordersOf(`${yuan}.2`)).toMatchObject([{ timesCharged: 0 }]);
    await till.backToSale();
    await till.customerSees('idle');
  });

  it(closes === 'undoesPaid' ? 'gives back what is paid in the moment of the closing' : 'tells what is paid in the moment of the closing, and gives it back with one key', async () => {
    const till = showing();
    const { counter, say } = till;
    await till.routeTo(id);
    till.paysWhileItIsClosed(await till.show(`${yuan}.3`));
    await counter.press('-');
    if (closes === 'undoesPaid') {
      await counter.headline(say.undone);
      expect(till.ordersOf(`${yuan}.3`)).toMatchObject([{ state: 'cancelled', timesCharged: 1 }]);
    } else {
      await till.isGivenBackFromReview(`${yuan}.3`);
    }
    await till.backToSale();
  });
}

/** At gateways that can't (CASES 27). */
function leftOpen({ id, refunds }: ShowingGateway, yuan: number, showing: () => Showing): void {
  it('case 27: takes a code back that nothing closes, is free for the next sale, and tells it when that code is paid after all', async () => {
    const till = showing();
    const { counter, say } = till;
    await till.routeTo(id);
    const code = await till.show(`${yuan}.2`);
    await counter.press('-');
    await counter.headline(say.notClosed);
    await counter.sees(say.nobodyPaid);
    await till.customerSees('idle');
    await till.backToSale();
    expect(await counter.shows(say.oneOpen)).toBe(false);
    // The next sale is as free as any.
    till.scan(till.shop.code('paid'));
    await counter.sees(say.codeRead);
    await till.typeAmount(`${yuan}.5`);
    await counter.cap(`${yuan}.50`);
    await counter.press('Enter');
    await till.isPaid(`${yuan}.5`);

    expect(till.shop.simulator.world.payShown(code.qr)).toMatchObject({ done: true });
    await till.asksAboutQuietOne();
    await counter.sees(say.personMustLook);
    await counter.press('-');
    await counter.menu('1');
    await counter.press('Enter');
    if (refunds) await till.isGivenBackFromReview(`${yuan}.2`);
    else await counter.sees(say.paidAfterGivingUp);
    await till.backToSale();
  });
}
