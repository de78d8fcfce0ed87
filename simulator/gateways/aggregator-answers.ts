/** What the aggregator's simulated gateway says: orders and failures in the document's shapes, true, untrue and bent. */
import type { Alteration, Saying } from '../fault.ts';
import type { CallName, Json, JsonObject, Order } from '../model.ts';
import { mapValues, renameKey } from './json.ts';

/** What the merchant's contract says that amounts are in; the document says fen, and its examples look like yuan. */
export type AmountUnit = 'fen' | 'yuan';

/** Minor units, or null where the text is no amount in that unit. */
export function readAmount(text: string, unit: AmountUnit): number | null {
  const parts = unit === 'fen' ? /^([1-9]\d{0,9})$/.exec(text) : /^(\d{1,8})(?:\.(\d{1,2}))?$/.exec(text);
  if (parts === null) return null;
  const minorUnits = unit === 'fen' ? Number(text) : Number(`${parts[1] ?? ''}${(parts[2] ?? '').padEnd(2, '0')}`);
  return minorUnits === 0 ? null : minorUnits;
}

/** As the examples have it, with two decimals in either unit: `10000` comes back as `10000.00`. */
export function writeAmount(minorUnits: number, unit: AmountUnit): string {
  if (unit === 'fen') return `${minorUnits}.00`;
  const digits = String(minorUnits).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/**
 * Sections 5.1, 5.4: -1 being paid, 0 failed, 1 paid. The example of 5.4 has 0 on an order that nobody has begun to pay,
 * so it is 0 too until a payer opens it.
 */
export function payStatus({ state, shown, wrongPasswords }: Order): -1 | 0 | 1 {
  switch (state) {
    case 'waiting':
      return wrongPasswords > 0 || (shown !== null && shown.scannedAt !== null) ? -1 : 0;
    case 'error':
      return -1;
    case 'refused':
    case 'cancelled':
      return 0;
    case 'paid':
    case 'partlyRefunded':
    case 'refunded':
      return 1;
  }
}

/** Section 5.1. `content` is a form that leads to the same page. */
export function unifiedAnswer(order: Order, unit: AmountUnit): JsonObject {
  const url = order.shown?.content ?? '';
  return success('下单成功', {
    order_no: order.reference, platform_order_no: order.gatewayNumber, pay_status: -1, bank_code: order.extras['bank_code'] ?? '', amount: writeAmount(order.amount, unit),
    content: `<form id="pay" action="${url}" method="get"></form><script>document.getElementById("pay").submit()</script>`, redirect_url: url,
  });
}

/** Section 5.4. */
export function checkAnswer(order: Order, unit: AmountUnit): JsonObject {
  return success('查询成功', {
    order_no: order.reference, bank_code: order.extras['bank_code'] ?? '', amount: writeAmount(order.amount, unit), attach: order.extras['attach'] ?? '', pay_status: payStatus(order),
    platform_order_no: order.gatewayNumber, created_at: chinaTime(order.createdAt), pay_time: order.paidAt === null ? null : chinaTime(order.paidAt),
  });
}

function success(message: string, data: JsonObject): JsonObject {
  return { status: '1', message, data };
}

/** `data` is an empty list in the answer to an order, and absent in the one to a query (section 5.4). */
export function failure(call: CallName, message: string): JsonObject {
  return call === 'present' ? { status: '0', message, data: [] } : { status: '0', message };
}

/** `YYYY-MM-DD HH:mm:ss` in China. */
export function chinaTime(instant: number): string {
  return new Date(instant + 8 * 3_600_000).toISOString().replace('T', ' ').slice(0, 19);
}

export const unknownMessage = '订单不存在';
export const takenMessage = '商户订单号已存在';

/** Says something without looking whether it is true. */
export function say(call: CallName, what: Saying, order: Order | null, unit: AmountUnit): Json {
  switch (what) {
    case 'notExist':
      return failure(call, unknownMessage);
    case 'alreadyKnown':
      return failure(call, takenMessage);
    case 'inProgress':
      if (order === null) return failure(call, unknownMessage);
      return call === 'present' ? unifiedAnswer(order, unit) : checkAnswer({ ...order, state: 'waiting', paidAt: null }, unit);
    case 'unlistedError':
      return { code: 'CHANNEL_BUSY' };
    default:
      return failure(call, '系统繁忙');
  }
}

/** Bends an otherwise true answer. */
export function alter(how: Alteration, answer: Json): Json {
  if (!isPlain(answer)) return answer;
  const { data } = answer;
  if (data === undefined || !isPlain(data)) return answer;
  switch (how) {
    case 'wrongAmount':
      return { ...answer, data: mapValues(data, (name, value) => (name === 'amount' ? String(value).replace(/^\d+/, (digits) => String(Number(digits) + 1)) : value)) };
    case 'wrongReference':
      return { ...answer, data: mapValues(data, (name, value) => (name === 'order_no' ? `X${String(value).slice(1)}` : value)) };
    case 'blankKey':
      return { ...answer, data: ['order_no', 'amount'].reduce((changed, name) => renameKey(changed, name, `${name} `), data) };
    case 'otherTypes':
      return {
        ...answer,
        status: Number(answer['status']),
        data: mapValues(data, (name, value) => (name === 'pay_status' ? String(value) : name === 'amount' ? Number(value) : value)),
      };
    case 'otherNesting': {
      const { data: _nested, ...outside } = answer;
      return { ...outside, ...data };
    }
    case 'unlistedStatus':
      return { ...answer, data: mapValues(data, (name, value) => (name === 'pay_status' ? 7 : value)) };
    case 'smallerNet':
      return answer;
  }
}

function isPlain(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
