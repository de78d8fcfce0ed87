/** People, shifts and reports for tests and pictures of the screens: the same shop, on the same day. */
import type {
  CarriedOver, CountView, DrawerMove, OpenShift, Person, PersonName, ReceiptDocument, Role, ShiftCheck, ShiftSums, ShiftView, StaffStatus, TenderSum,
  TillStatus, XReport, ZView,
} from '../../core/contract/types.ts';
import { chenXiao, omipay, sampleNow, shouqianba, yuan } from './samples.ts';

const hourMs = 3_600_000;
export const liWei: PersonName = { operatorId: 'o-01', name: '李薇' };

function person(number: string, name: string, role: Role, change: Partial<Person> = {}): Person {
  return { operatorId: `o-${number}`, number, name, role, hasPin: true, hasBadge: true, left: false, leftAt: null, lastHereAt: sampleNow - 2 * hourMs, ...change };
}

export const sampleWang: Person = person('04', '王芳', 'cashier', { hasPin: false, hasBadge: false, lastHereAt: null });

export const samplePeople: readonly Person[] = [
  person('01', liWei.name, 'owner', { lastHereAt: sampleNow - 12 * hourMs }),
  person('02', chenXiao.name, 'cashier', { lastHereAt: sampleNow - 20_000 }),
  person('03', '赵宁', 'supervisor'),
  sampleWang,
  person('05', '周凯', 'cashier', { hasPin: false, hasBadge: false, left: true, leftAt: sampleNow - 20 * 24 * hourMs }),
];

export function sampleStaff(state: StaffStatus['state'], role: Role = 'cashier', change: Partial<StaffStatus> = {}): StaffStatus {
  const who = role === 'owner' ? liWei : chenXiao;
  return { state, person: state === 'none' || state === 'signedOut' ? null : { ...who, role }, pinDigits: 4, triesLeft: 5, waitUntil: null, ...change };
}

const openedAt = sampleNow - 3 * hourMs - 44 * 60_000;

/** A shop with people: someone is signed in, and shift 214 is open. */
export function atWork(role: Role = 'cashier', change: Partial<TillStatus> = {}): Partial<TillStatus> {
  return {
    staff: sampleStaff('signedIn', role), shift: { number: 214, openedAt, by: chenXiao }, shiftNeeded: true,
    cash: { on: true, roundTo: yuan(10), notes: [100, 500, 1000, 2000, 5000, 10000].map(yuan) }, ...change,
  };
}

const denominations = [10000, 5000, 2000, 1000, 500, 100, 50, 10].map(yuan);

export function check(what: ShiftCheck['what'], fine = true, count = 0, minor = 0): ShiftCheck {
  return { what, fine, count, amounts: minor === 0 ? [] : [yuan(minor)] };
}

const checks: readonly ShiftCheck[] = [check('openPayments', false, 1, 2600), check('openRefunds'), check('journal'), check('printer')];

export const sampleOpenShift: OpenShift = { number: 214, openedAt, openedBy: chenXiao, float: yuan(50000), count: null };

export function sampleShift(change: Partial<ShiftView> = {}): ShiftView {
  return { current: sampleOpenShift, drawer: true, denominations, lastZ: { number: 213, closedAt: sampleNow - 12 * hourMs, left: yuan(50000), by: liWei }, checks, ...change };
}

export const sampleClosedShift: ShiftView = sampleShift({
  current: null, checks: [check('openPayments', false, 1, 1800), check('journal'), check('clock'), check('printer')],
});

export function sampleCount(change: Partial<CountView> = {}): CountView {
  return { counted: yuan(74550), expected: yuan(74800), differenceMinor: -250, recountUsed: false, ...change };
}

function tender(gateway: string, wallet: TenderSum['wallet'], sales: number, salesMinor: number, refunds = 0, refundsMinor = 0): TenderSum {
  return { gateway, wallet, currency: 'CNY', sales, salesMinor, refunds, refundsMinor };
}

function move(minutes: number, direction: DrawerMove['direction'], minor: number, reason: string): DrawerMove {
  return { at: openedAt + minutes * 60_000, direction, amount: yuan(minor), reason, by: chenXiao, approvedBy: null };
}

const carriedOver: readonly CarriedOver[] = [
  { kind: 'payment', number: 'T01-251120-0409', reference: 'T01251120103152418K7QXM2R9', amount: yuan(2600), startedAt: sampleNow - 615_000 },
];

export function sampleSums(cashShown: boolean): ShiftSums {
  return {
    afterSequence: 17_201, upToSequence: 18_204,
    tenders: [
      tender(shouqianba.id, 'wechat', 41, 140230, 1, 1200), tender(shouqianba.id, 'alipay', 33, 118060, 1, 4100), tender(shouqianba.id, 'unionpay', 6, 24300),
      tender('cash', 'cash', 12, cashShown ? 31200 : 0), { gateway: omipay.id, wallet: 'wechat', currency: 'AUD', sales: 2, salesMinor: 3800, refunds: 0, refundsMinor: 0 },
    ],
    settled: [], outsideRefunds: [], cashReturned: { count: 1, minor: 1790 }, carriedOver,
    moves: [move(142, 'in', 10000, '换零钱'), move(197, 'out', 6400, '付货款'), move(210, 'opened', 0, '给顾客换零钱'), move(215, 'out', 10000, '换零钱')],
    expectedDrawerMinor: cashShown ? 74800 : 0, drawerOpenings: 2,
  };
}

/** Sales and refunds without an outcome, in two currencies. */
export const sampleCarriedSums: ShiftSums = {
  ...sampleSums(true),
  carriedOver: [
    { kind: 'refund', number: 'T01-251120-0386', reference: 'R01251120101152418K7QXM2R9', amount: yuan(4100), startedAt: sampleNow - 915_000 },
    { kind: 'payment', number: 'T01-251120-0411', reference: 'T01251120104152418K7QXM2R9', amount: { minor: 1500, currency: 'AUD' }, startedAt: sampleNow - 415_000 },
    ...carriedOver,
    { kind: 'refund', number: 'T01-251120-0377', reference: 'R01251120102152418K7QXM2R9', amount: yuan(1200), startedAt: sampleNow - 815_000 },
  ],
};

export function sampleX(cashShown = false): XReport {
  return { shift: sampleOpenShift, at: sampleNow, by: chenXiao, cashShown, sums: sampleSums(cashShown) };
}

const plain = { align: 'left', bold: false, size: 1 } as const;
const row = (left: string, right: string, bold = false): ReceiptDocument['blocks'][number] => ({ type: 'row', left, right, bold, size: 1 });
const dashes = { type: 'rule', style: 'dashed' } as const;

const sampleZPaper: ReceiptDocument = {
  blocks: [
    { type: 'text', text: 'Z 214', align: 'center', bold: true, size: 2 },
    { type: 'text', text: '南门便利店 · T01', ...plain, align: 'center' },
    dashes, row('开班', '2025-11-20 06:58'), row('交班', '2025-11-20 10:42'), row('收银员', '陈晓'),
    dashes, row('微信 41', '1,402.30'), row('支付宝 33', '1,180.60'), row('云闪付 6', '243.00'), row('现金 12', '312.00'), row('退款 2', '-53.00'), row('净收', '3,084.90', true),
    dashes, row('备用金', '500.00'), row('存入、取出', '-64.00'), row('应有', '748.00'), row('数得', '745.50'), row('差额', '-2.50', true),
    dashes, row('结果未知 1', '26.00'),
    { type: 'feed', lines: 3 }, { type: 'cut' },
  ],
};

export function sampleZ(change: Partial<ZView> = {}): ZView {
  return {
    report: {
      number: 214, shift: 214, terminalId: 'T01', openedAt, openedBy: chenXiao, closedAt: sampleNow, closedBy: chenXiao, float: yuan(50000), sums: sampleSums(true),
      counted: yuan(74550), differenceMinor: -250, differenceReason: '找零找错', recounts: 1, left: yuan(50000), training: false,
    },
    document: sampleZPaper, printed: 'printed', backup: { state: 'done', folder: '/media/stick/scantill' }, ...change,
  };
}
