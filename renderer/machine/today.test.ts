/** Tests of Today: what it asks, how pages come in, what its keys do, and what it never shows. */
import { describe, expect, it } from 'vitest';
import type { DayPage, DayView, PaymentView, TillStatus } from '../../core/contract/types.ts';
import { Rehearsal } from './rehearsal.ts';
import { sampleNow, samplePayment, sampleStatus } from './samples.ts';
import { noSampleRows, sampleCashierShift, sampleDay, sampleDayPage, sampleDayView, sampleEmptyDay, samplePageOf, samplePeople, sampleTask } from './samples-day.ts';
import { dayCount, listOf, ringedPlace, ringedRow, rowCount, type TodayPlace } from './today.ts';
import { isEmptyDay } from './today-rows.ts';
import { unsettledBeside } from './today-unsettled.ts';
import { bindings } from './keys.ts';
import { refundedSale, sampleRefund } from './samples-money.ts';

function place(till: Rehearsal): TodayPlace {
  if (till.state.place.name !== 'today') throw new Error(`not on Today but on ${till.state.place.name}`);
  return till.state.place;
}

function opened(status: Partial<TillStatus> = {}): Rehearsal {
  return new Rehearsal(status).keys('/', '4');
}

/** Answers what was asked last, as the till would. */
function answer(till: Rehearsal, view: DayView, page: DayPage): Rehearsal {
  const tag = String(place(till).turn);
  return till.send({ type: 'reply', name: 'day', tag, reply: view }).send({ type: 'reply', name: 'dayPage', tag, reply: page });
}

const shown = (status: Partial<TillStatus> = {}): Rehearsal => answer(opened(status), sampleDayView, sampleDayPage).wait(500);
const long = (): Rehearsal => answer(opened(), { ...sampleDayView, totals: { ...sampleDayView.totals, rows: 1000 } }, samplePageOf(1000, null, 200)).wait(500);

function asked(till: Rehearsal, name: string): readonly Record<string, unknown>[] {
  return till.requests.flatMap((request) => (request.kind === 'call' && request.name === name ? [request.request as Record<string, unknown>] : []));
}

describe('Today', () => {
  it('asks for the sums and the first page of the shop’s day with the same filter', () => {
    const till = opened();
    expect(asked(till, 'day')).toEqual([{ day: sampleDay, filter: {} }]);
    expect(asked(till, 'dayPage')).toEqual([{ day: sampleDay, filter: {}, after: null, count: 200 }]);
  });
  it('before the shop’s change of day it is still yesterday', () => {
    expect(place(opened({ dayChangeHour: 11 })).day).toBe('2025-11-19');
  });
  it('leaves the payment at the counter where it is', () => {
    const till = new Rehearsal().send({ type: 'open', open: { open: [samplePayment('unknown')], quiet: [], settledToday: { paid: 0, undone: 0, longestSeconds: 0 }, chain: 'whole' } });
    expect(till.keys('/', '4').state.currentId).toBe('p-0418');
  });
  it('goes to the day before with 4, and not past today with 6', () => {
    const till = shown().keys('6');
    expect(place(till).day).toBe(sampleDay);
    expect(place(till.keys('4')).day).toBe('2025-11-19');
    expect(place(till).view).toBeNull();
  });
  it('drops an answer about the day before it', () => {
    const till = shown();
    const tag = String(place(till).turn);
    till.keys('4').send({ type: 'reply', name: 'day', tag, reply: sampleDayView });
    expect(place(till).view).toBeNull();
  });
  it('opens the ringed row with Enter and comes back to it', () => {
    const till = shown().keys('2', '2', 'Enter');
    expect(till.state.place).toMatchObject({ name: 'paymentDetail', paymentId: sampleDayPage.rows[2]?.paymentId, back: { name: 'today', index: 2 } });
  });
  it('says an empty day, and leads to the sale', () => {
    const till = answer(opened(), sampleEmptyDay, noSampleRows).wait(500);
    expect(isEmptyDay(place(till))).toBe(true);
    expect(till.keys('Enter').view).toBe('sale');
  });
  it('an empty day has nothing to narrow: 5 is refused there', () => {
    const till = answer(opened(), sampleEmptyDay, noSampleRows).wait(500).keys('5');
    expect(till.asked('sound')).toEqual([{ kind: 'sound', sound: 'tick' }]);
    expect(place(till).stage).toBe('list');
  });
  it('an empty day stays one while it is asked again, and Enter leads to the sale all the time', () => {
    const own = { ...sampleEmptyDay, day: sampleDay };
    const till = answer(opened(), own, noSampleRows).wait(500);
    till.send({ type: 'event', event: { type: 'payment', payment: samplePayment('unknown', { paymentId: 'p-0437' }) } }).wait(1100);
    expect(place(till).asking).toBe(true);
    expect([isEmptyDay(place(till)), bindings(till.state).find(({ key }) => key === 'Enter')?.word]).toEqual([true, 'cap.goToSale']);
    const tag = String(place(till).turn);
    till.send({ type: 'reply', name: 'day', tag, reply: own });
    expect(isEmptyDay(place(till))).toBe(true);
  });
  it('a day that isn’t empty any more takes no Enter in the moment in which it changes', () => {
    const till = answer(opened(), { ...sampleEmptyDay, day: sampleDay }, noSampleRows).wait(500);
    till.send({ type: 'event', event: { type: 'payment', payment: samplePayment('paid', { paymentId: 'p-9' }) } }).wait(1100);
    answer(till, sampleDayView, sampleDayPage).keys('Enter');
    expect([isEmptyDay(place(till)), till.view]).toEqual([false, 'today']);
    expect(till.wait(500).keys('Enter').view).toBe('paymentDetail');
  });
  it('no day is empty before its first page is here', () => {
    const till = opened();
    till.send({ type: 'reply', name: 'day', tag: String(place(till).turn), reply: sampleEmptyDay });
    expect(isEmptyDay(place(till))).toBe(false);
    const turned = shown().keys('4');
    turned.send({ type: 'reply', name: 'day', tag: String(place(turned).turn), reply: sampleEmptyDay });
    expect(isEmptyDay(place(turned))).toBe(false);
  });
  it('a filter that lets nothing through is no empty day', () => {
    const till = shown().keys('5', '6').wait(500).keys('Enter');
    answer(till, sampleEmptyDay, noSampleRows);
    expect(isEmptyDay(place(till))).toBe(false);
  });
  it('asks again a second after a payment changed, with what is on screen still there', () => {
    const till = shown().send({ type: 'event', event: { type: 'payment', payment: samplePayment('paid', { paymentId: 'p-9' }) } });
    const { turn } = place(till);
    till.wait(1100);
    expect(place(till)).toMatchObject({ turn: turn + 1, asking: true });
    expect(place(till).view).toBe(sampleDayView);
  });
  it('asks again by itself where an answer was lost', () => {
    const till = opened();
    const { turn } = place(till);
    till.send({ type: 'replyLost', name: 'day', tag: String(turn) }).wait(1100);
    expect(place(till)).toMatchObject({ turn: turn + 1, asking: true });
  });
  it('prints the day only where a printer is', () => {
    expect(asked(shown().keys('*'), 'printDay')).toEqual([{ day: sampleDay }]);
    const none = shown({ printer: { light: 'ready', present: false, message: null } });
    expect(bindings(none.state).map(({ key }) => key)).not.toContain('*');
  });
  it('says how many rows the paper leaves out', () => {
    const till = shown().keys('*').send({ type: 'reply', name: 'printDay', tag: '', reply: { kind: 'done', rowsLeftOut: 412 } });
    expect(till.state.notice).toEqual({ kind: 'words', key: 'today.printingTotals', values: { rows: '412' } });
  });
});

describe('what isn’t settled', () => {
  const [first, ...others] = sampleDayPage.rows;
  const own = samplePayment('unknown', { paymentId: first?.paymentId ?? '', number: first?.number ?? '', day: sampleDay, startedAt: first?.at ?? 0 });
  const older = (index: number): PaymentView => samplePayment('review', { paymentId: `old-${index}`, day: '2025-11-12', startedAt: sampleNow - 8 * 86_400_000 + index });
  const refund = sampleRefund('pending', { startedAt: sampleNow - 86_400_000 });
  const paidBack = refundedSale(refund);
  const withOpen = (...unsettled: readonly PaymentView[]): Rehearsal => answer(opened(), { ...sampleDayView, unsettled }, sampleDayPage).wait(500);
  const ids = (till: Rehearsal): readonly string[] => listOf(place(till)).rows.slice(0, 5).map(({ kind, paymentId }) => `${kind} ${paymentId}`);

  it('stands on top of the day’s rows, of any day, oldest first, and no row stands twice', () => {
    const till = withOpen(older(1), paidBack, own);
    expect(ids(till)).toEqual(['sale old-1', `refund ${paidBack.paymentId}`, `sale ${own.paymentId}`, ...others.slice(0, 2).map(({ paymentId }) => `sale ${paymentId}`)]);
    expect(listOf(place(till))).toMatchObject({ pinned: 3, more: 0, ofDay: 1 });
    expect(rowCount(place(till))).toBe(sampleDayPage.rows.length + 2);
  });
  it('is three rows at most, and says how many more there are; those of the day stay where they stand', () => {
    const till = withOpen(older(1), older(2), older(3), older(4), own);
    expect(listOf(place(till))).toMatchObject({ pinned: 3, more: 2, ofDay: 0 });
    expect(ids(till)).toEqual(['sale old-1', 'sale old-2', 'sale old-3', `sale ${own.paymentId}`, `sale ${others[0]?.paymentId}`]);
  });
  it('is ringed and opened like every row', () => {
    const till = withOpen(older(1), own);
    expect(till.keys('Enter').state.place).toMatchObject({ name: 'paymentDetail', paymentId: 'old-1' });
    expect(withOpen(older(1), own).keys('2', '2', 'Enter').state.place).toMatchObject({ name: 'paymentDetail', paymentId: others[0]?.paymentId, back: { name: 'today', index: 2 } });
  });
  it('leaves the ring on its row when one is settled', () => {
    const till = withOpen(older(1), own).keys('2', '2', '2');
    const ringed = ringedRow(place(till))?.cursor;
    till.send({ type: 'event', event: { type: 'payment', payment: samplePayment('paid', { paymentId: 'old-1' }) } }).wait(1100);
    expect(ringedRow(place(answer(till, { ...sampleDayView, unsettled: [own] }, sampleDayPage)))?.cursor).toBe(ringed);
  });
  it('has its place counted once while pages are still to come', () => {
    const view = { ...sampleDayView, totals: { ...sampleDayView.totals, rows: 1000 }, unsettled: [older(1)] };
    expect(rowCount(place(answer(opened(), view, samplePageOf(1000, null, 200))))).toBe(1001);
  });
  it('is in the day’s total where another try of it was paid, and nothing else of it is', () => {
    const twice = { ...own, verdict: 'paid' as const, state: 'review' as const };
    const counts = (payment: PaymentView): readonly boolean[] => listOf(place(withOpen(payment))).rows.slice(0, 1).map((row) => row.counts);
    expect([twice, { ...twice, foreign: true }, { ...twice, verdict: 'notKnownYet' as const }, paidBack].map(counts)).toEqual([[true], [false], [false], [false]]);
  });
  it('has its place in the one count of the day, and a place of its own on top', () => {
    const rows = sampleDayPage.rows.slice(0, 5);
    const view = { ...sampleDayView, totals: { ...sampleDayView.totals, rows: 5 }, unsettled: [older(1), own] };
    const till = answer(opened(), view, { ...sampleDayPage, rows }).wait(500);
    const places = [0, 1, 2, 3, 4, 5].map(() => {
      const said = ringedPlace(place(till));
      till.keys('2');
      return said && `${said.index + 1}/${said.count}`;
    });
    expect(places).toEqual(['1/2', '2/2', '2/5', '3/5', '4/5', '5/5']);
    expect(dayCount(place(till))).toBe(5);
  });
  it('has no place while the till hasn’t said how many rows the day has', () => {
    const till = opened();
    till.send({ type: 'reply', name: 'dayPage', tag: String(place(till).turn), reply: samplePageOf(1000, null, 200) }).wait(500).keys('2');
    expect([ringedRow(place(till)) === null, ringedPlace(place(till))]).toEqual([false, null]);
    till.send({ type: 'reply', name: 'day', tag: String(place(till).turn), reply: { ...sampleDayView, totals: { ...sampleDayView.totals, rows: 1000 } } });
    expect(ringedPlace(place(till))).toEqual({ index: 1, count: 1000 });
  });
  it('is counted once on the morning after: a refund by its own day and not by its sale’s', () => {
    const shop = { timezone: 'Asia/Shanghai', dayChangeHour: 0 };
    const yesterday = { ...paidBack, day: '2025-11-10', refunds: [{ ...refund, startedAt: Date.parse('2025-11-19T10:00:00+08:00') }] };
    const beside = (...unsettled: readonly PaymentView[]): number => unsettledBeside({ ...sampleDayView, unsettled }, '2025-11-19', shop);
    expect([beside(yesterday), beside(yesterday, older(1)), beside({ ...yesterday, day: '2025-11-19', refunds: [refund] }), beside(samplePayment('unknown', { day: '2025-11-19' }))]).toEqual([0, 1, 0, 0]);
    expect(beside({ ...yesterday, day: '2025-11-19', refunds: [{ ...refund, startedAt: Date.parse('2025-11-20T00:10:00+08:00') }] })).toBe(1);
  });
  it('is left out of a list that was narrowed', () => {
    const till = withOpen(older(1), own).keys('5', '6').wait(500).keys('Enter');
    answer(till, { ...sampleDayView, unsettled: [older(1), own] }, sampleDayPage);
    expect(listOf(place(till))).toMatchObject({ pinned: 0, rows: sampleDayPage.rows });
  });
});

describe('a long day', () => {
  it('has a place for every row, and asks for the next page near the end of what is here', () => {
    const till = long();
    expect(rowCount(place(till))).toBe(1000);
    till.send({ type: 'need', index: 50 });
    expect(asked(till, 'dayPage')).toEqual([]);
    till.send({ type: 'need', index: 150 });
    expect(asked(till, 'dayPage')).toEqual([{ day: sampleDay, filter: {}, after: '199', count: 200 }]);
  });
  it('asks one page at a time, larger ones the farther behind it is, until the row that was scrolled to is here', () => {
    const till = long();
    const afters: unknown[] = [];
    till.send({ type: 'need', index: 900 });
    for (let page = asked(till, 'dayPage')[0]; page; page = asked(till, 'dayPage')[0]) {
      afters.push(page['after']);
      till.send({ type: 'reply', name: 'dayPage', tag: String(place(till).turn), reply: samplePageOf(1000, String(page['after']), Number(page['count'])) });
    }
    expect(afters).toEqual(['199']);
    expect(place(till).loaded.rows.map(({ cursor }) => Number(cursor))).toEqual(Array.from({ length: 1000 }, (_, index) => index));
  });
  it('keeps the rows behind the first page, and the ring on its row, when a new one comes in on top', () => {
    const till = long().send({ type: 'need', index: 250 });
    till.send({ type: 'reply', name: 'dayPage', tag: String(place(till).turn), reply: samplePageOf(1000, '199', 200) }).send({ type: 'row', index: 150 });
    const first = samplePageOf(1000, null, 200);
    const fresh = { ...first, rows: [{ ...(first.rows[0] ?? sampleDayPage.rows[0]), cursor: 'new' }, ...first.rows] } as DayPage;
    till.send({ type: 'event', event: { type: 'payment', payment: samplePayment('paid', { paymentId: 'p-new' }) } }).wait(1100);
    answer(till, sampleDayView, fresh);
    expect(place(till).loaded.rows).toHaveLength(401);
    expect(ringedRow(place(till))?.cursor).toBe('150');
  });
  it('drops the rows behind the first page where one of them has changed', () => {
    const till = long().send({ type: 'need', index: 250 });
    till.send({ type: 'reply', name: 'dayPage', tag: String(place(till).turn), reply: samplePageOf(1000, '199', 200) });
    const changed = place(till).loaded.rows[300];
    till.send({ type: 'event', event: { type: 'payment', payment: samplePayment('paid', { paymentId: changed?.paymentId ?? '' }) } }).wait(1100);
    answer(till, sampleDayView, samplePageOf(1000, null, 200));
    expect(place(till).loaded.rows).toHaveLength(200);
  });
});

describe('the filter', () => {
  it('changes nothing before Enter, and asks sums and rows with it after', () => {
    const till = shown().keys('5', '6');
    expect(asked(till, 'day')).toEqual([]);
    till.wait(500).keys('Enter');
    expect(asked(till, 'day')).toEqual([{ day: sampleDay, filter: { wallet: 'wechat' } }]);
    expect(asked(till, 'dayPage')).toMatchObject([{ filter: { wallet: 'wechat' } }]);
  });
  it('− leaves it as it was, * shows all again', () => {
    const till = shown().keys('5', '6').wait(500).keys('-').wait(500);
    expect(place(till)).toMatchObject({ stage: 'list', filter: {} });
    till.keys('5', '2', '6').wait(500).keys('Enter').wait(500);
    expect(place(till).filter).toEqual({ state: 'paid' });
    till.keys('5').wait(500).keys('*');
    expect(place(till)).toMatchObject({ stage: 'list', filter: {} });
  });
  it('offers people where there are some', () => {
    const till = opened(sampleCashierShift);
    till.send({ type: 'reply', name: 'people', tag: '', reply: samplePeople });
    answer(till, sampleDayView, sampleDayPage).wait(500).keys('5', '8', '6').wait(500).keys('Enter');
    expect(place(till).filter).toEqual({ operatorId: 'o-1' });
  });
});

it('a printed day is all of it, and says so where the list was narrowed', () => {
  const printed = (till: Rehearsal): unknown => till.keys('*').send({ type: 'reply', name: 'printDay', tag: '', reply: { kind: 'done', rowsLeftOut: 0 } }).state.notice;
  expect(printed(shown())).toMatchObject({ key: 'today.printing' });
  const till = shown().keys('5', '6').wait(500).keys('Enter');
  expect(printed(answer(till, sampleDayView, sampleDayPage).wait(500))).toMatchObject({ key: 'today.printingAll' });
});

describe('exports', () => {
  const exporting = (): Rehearsal => shown().keys('+').wait(500).keys('1');

  it('begin on their digit with the days that stand there', () => {
    expect(asked(exporting(), 'startExport')).toMatchObject([{ format: 'xlsx', fromDay: sampleDay, toDay: sampleDay }]);
    expect(asked(shown().keys('+').wait(500).keys('*', '2'), 'startExport')).toMatchObject([{ format: 'csv', fromDay: '2025-11-14', toDay: sampleDay }]);
    expect(asked(shown().keys('+').wait(500).keys('*', '*', '3'), 'startExport')).toMatchObject([{ format: 'pdf', fromDay: '2025-11-01', toDay: sampleDay }]);
  });
  it('go to the folder of last time, or to another that is there', () => {
    const folders = { folder: '/home/shop/Documents', folders: ['/home/shop/Documents', '/media/stick'] };
    const offered = (): Rehearsal => shown().keys('+').send({ type: 'reply', name: 'exportFolders', tag: '', reply: folders }).wait(500);
    expect(asked(shown().keys('+'), 'exportFolders')).toEqual([{}]);
    expect(asked(offered().keys('1'), 'startExport')[0]).not.toHaveProperty('folder');
    expect(asked(offered().keys('+').keys('1'), 'startExport')).toMatchObject([{ folder: '/media/stick' }]);
    expect(asked(offered().keys('+', '+', '1'), 'startExport')).toMatchObject([{ folder: '/home/shop/Documents' }]);
    const alone = shown().keys('+').send({ type: 'reply', name: 'exportFolders', tag: '', reply: { folder: '/a', folders: ['/a'] } }).wait(500);
    expect(bindings(alone.state).map(({ key }) => key)).not.toContain('+');
  });
  it('show nothing of themselves in their first second, and their progress after it', () => {
    const till = exporting();
    till.send({ type: 'reply', name: 'startExport', tag: '', reply: { kind: 'started', task: sampleTask({ startedAt: till.now }) } });
    till.wait(900).send({ type: 'tick' });
    expect(till.view).toBe('today');
    till.wait(200).send({ type: 'tick' });
    expect(till.view).toBe('progress');
  });
  it('that are over at once are told in a bar alone, also where the end came before the beginning', () => {
    const till = exporting();
    const task = sampleTask({ startedAt: till.now });
    till.send({ type: 'event', event: { type: 'task', task: { ...task, state: 'done' } } }).send({ type: 'reply', name: 'startExport', tag: '', reply: { kind: 'started', task } });
    till.wait(2000).send({ type: 'tick' });
    expect(till.view).toBe('today');
    expect(till.state.taskBars.map((bar) => bar.task.state)).toEqual(['done']);
  });
  it('are left with Enter and cancelled with −', () => {
    const running = (): Rehearsal => {
      const till = exporting();
      till.send({ type: 'reply', name: 'startExport', tag: '', reply: { kind: 'started', task: sampleTask({ startedAt: till.now }) } });
      return till.wait(1500).send({ type: 'tick' }).wait(500);
    };
    expect(running().keys('Enter').view).toBe('sale');
    const cancelled = running().keys('-');
    expect(asked(cancelled, 'cancelTask')).toEqual([{ taskId: 'task-1' }]);
    cancelled.send({ type: 'event', event: { type: 'task', task: sampleTask({ state: 'cancelled' }) } }).send({ type: 'tick' });
    expect(cancelled.view).toBe('today');
    expect(cancelled.state.notice).toMatchObject({ key: 'notice.exportCancelled' });
  });
  it('say once that they are done, over whatever stands, and for a minute', () => {
    const till = new Rehearsal({ tasks: [sampleTask()] });
    till.send({ type: 'event', event: { type: 'task', task: sampleTask({ state: 'done' }) } });
    till.send({ type: 'event', event: { type: 'task', task: sampleTask({ state: 'done' }) } });
    expect(till.state.taskBars).toHaveLength(1);
    expect(till.view).toBe('sale');
    till.wait(61_000).send({ type: 'tick' });
    expect(till.state.taskBars).toEqual([]);
  });
});

it('a status that says nothing new leaves Today as it stands', () => {
  const till = shown();
  const before = till.state.place;
  till.send({ type: 'status', status: sampleStatus() });
  expect(till.state.place).toBe(before);
});
