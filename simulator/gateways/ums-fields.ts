/** The fields of UMS's requests as its document's tables and examples have them, and their check. */

type Kind = 'text' | 'amount' | 'number' | 'count' | 'flag' | 'object' | 'list';

export interface UmsField {
  readonly required?: boolean;
  /** Text unless said. An amount is an integer, or its digits as in the document's own examples. */
  readonly kind?: Kind;
  readonly least?: number;
  /** Longest text, or largest amount. */
  readonly most?: number;
  readonly pattern?: RegExp;
  /** The fields of an object, or of each entry of a list. */
  readonly inner?: UmsTable;
}

export type UmsTable = Readonly<Record<string, UmsField>>;

const time: UmsField = { pattern: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/ };
/** Letters and digits; the document's numbers have nothing else. */
const number = (most: number): UmsField => ({ least: 6, most, pattern: /^[0-9A-Za-z]+$/ });
const amount = (least: number): UmsField => ({ kind: 'amount', least, most: 100_000_000 });
/** The shop's: 8..32 and 2..32 in one table, 15 and 8 in the others; real ones are the latter. */
const mid: UmsField = { required: true, least: 15, most: 15 };
const tid: UmsField = { required: true, least: 8, most: 8 };
const head: UmsTable = {
  msgId: { most: 64 }, requestTimestamp: { ...time, required: true }, srcReserve: { most: 255 }, mid, tid, instMid: { required: true, least: 8, most: 32 },
};
const trueOrFalse: UmsField = { pattern: /^(true|false)$/ };
const subOrder: UmsTable = { mid: { least: 8, most: 32 }, totalAmount: amount(0), merOrderId: number(32), refundOrderId: number(32), refundDesc: { most: 255 } };

const goods: UmsTable = {
  goodsId: { most: 64 }, goodsName: { most: 256 }, quantity: {}, price: {}, goodsCategory: { most: 64 }, body: { most: 1024 }, unit: { kind: 'number' }, discount: { kind: 'number' },
  subMerchantId: { most: 15 }, merOrderId: number(32), subOrderAmount: amount(0),
};

/** Section 1.1.3, for all six addresses. */
export const creationTable: UmsTable = {
  ...head,
  merOrderId: { ...number(32), required: true },
  subAppId: { most: 32 },
  goods: { kind: 'list', inner: goods },
  attachedData: { most: 255 },
  expireTime: time,
  goodsTag: { most: 32 },
  goodsTradeNo: {},
  orderDesc: { most: 255 },
  originalAmount: amount(1),
  productId: {},
  totalAmount: { ...amount(1), required: true },
  divisionFlag: { kind: 'flag' },
  platformAmount: amount(0),
  subOrders: { kind: 'list', inner: subOrder },
  notifyUrl: { most: 255, pattern: /^https?:\/\/\S+$/ },
  showUrl: { most: 255, pattern: /^https?:\/\/\S+$/ },
  secureTransaction: trueOrFalse,
  tradeType: { required: true, most: 32 },
  merchantUserId: { most: 32 },
  mobile: { most: 11, pattern: /^\d+$/ },
  limitCreditCard: trueOrFalse,
  installmentNumber: { kind: 'count', pattern: /^(3|6|12)$/ },
  enablePayChnl: { pattern: /^(balance|moneyFund|pcredit|pcreditpayInstallment|creditCard|debitCardExpress)$/ },
  retCommParams: { kind: 'object', inner: { foodOrderType: { required: true, pattern: /^pre_order$/ } } },
};

/** Sections 1.2 to 1.7; close's example has three keys more than its table, refund's has one. */
export const tables: Readonly<Record<'query' | 'refund' | 'queryRefund' | 'secureCancel' | 'secureComplete' | 'cancel', UmsTable>> = {
  query: { ...head, merOrderId: number(64), targetOrderId: number(64) },
  refund: {
    ...head, merOrderId: { ...number(64), required: true }, targetOrderId: number(64), refundAmount: { ...amount(1), required: true }, refundOrderId: number(32),
    platformAmount: amount(0), subOrders: { kind: 'list', inner: subOrder }, refundDesc: { most: 255 }, billDate: {},
  },
  queryRefund: { ...head, merOrderId: { ...number(32), required: true } },
  secureCancel: { ...head, merOrderId: { ...number(32), required: true } },
  secureComplete: { ...head, merOrderId: { ...number(32), required: true }, completedAmount: { ...amount(1), required: true } },
  cancel: { ...head, merOrderId: { ...number(32), required: true }, qrCodeId: {}, systemId: {} },
};

/** One sentence per broken rule. Keys that neither table nor example has are refused too. */
export function faultsOfUms(fields: Readonly<Record<string, unknown>>, table: UmsTable): string[] {
  const strangers = Object.keys(fields).filter((name) => !Object.hasOwn(table, name)).map((name) => `${name}不是此接口的参数`);
  const faults = Object.entries(table).map(([name, rule]) => faultOf(name, fields[name], rule));
  return [...strangers, ...faults.filter((fault) => fault !== null)];
}

function faultOf(name: string, value: unknown, rule: UmsField): string | null {
  if (value === undefined || value === '') return rule.required === true ? `${name}不可以为空` : null;
  switch (rule.kind ?? 'text') {
    case 'text':
      return typeof value === 'string' ? faultOfText(name, value, rule) : `${name}必须是字符串`;
    case 'amount':
      return faultOfAmount(name, value, rule);
    case 'number':
      return typeof value === 'number' ? null : `${name}必须是数字`;
    case 'count':
      return typeof value === 'number' || typeof value === 'string' ? faultOfText(name, String(value), rule) : `${name}必须是数字`;
    case 'flag':
      return typeof value === 'boolean' ? null : `${name}必须是布尔型`;
    case 'object':
      return isObject(value) ? (faultsOfUms(value, rule.inner ?? {})[0] ?? null) : `${name}必须是JSON`;
    case 'list':
      return Array.isArray(value) ? faultOfList(name, value, rule.inner ?? {}) : `${name}必须是数组`;
  }
}

function faultOfText(name: string, value: string, { least = 0, most = Infinity, pattern }: UmsField): string | null {
  const length = [...value].length;
  if (length < least || length > most) return `${name}长度错误`;
  return pattern === undefined || pattern.test(value) ? null : `${name}格式错误`;
}

function faultOfAmount(name: string, value: unknown, { least = 0, most = Infinity }: UmsField): string | null {
  const cents = amountOf(value);
  if (cents === null) return `${name}必须是整数`;
  return cents < least || cents > most ? `${name}超出范围` : null;
}

function faultOfList(name: string, entries: readonly unknown[], inner: UmsTable): string | null {
  for (const entry of entries) {
    const fault = isObject(entry) ? faultsOfUms(entry, inner)[0] : `${name}的每一项必须是JSON`;
    if (fault !== undefined) return fault;
  }
  return null;
}

/** Fen, as a number or as its digits; null where it is neither. */
export function amountOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null;
  return typeof value === 'string' && /^(0|[1-9]\d{0,8})$/.test(value) ? Number(value) : null;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
