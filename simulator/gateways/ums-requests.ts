/** Which requests UMS takes: header, time, fields, merchant, and what each of its addresses wants besides. */
import type { IncomingRequest } from './gateway-side.ts';
import { isJsonType } from './fields.ts';
import { amountOf, creationTable, faultsOfUms, isObject, tables } from './ums-fields.ts';
import { instantOf, readBodySignature, signBody } from './ums-sign.ts';

export interface UmsAccount {
  readonly appId: string;
  readonly appKey: string;
  readonly merchantId: string;
  readonly terminalId: string;
  /** The four characters with which our order numbers begin. */
  readonly sourceId: string;
  readonly notifyKey: string;
  readonly instMid: string;
}

export type UmsCall = 'present' | keyof typeof tables;
export type UmsFields = Readonly<Record<string, unknown>>;

export interface UmsRefusal {
  readonly code: string;
  readonly message?: string;
}

/** The document's own; any of them may be a shop's, and an order answers only under the one that made it. */
const businessKinds = new Set(['APPDEFAULT', 'QRPAYDEFAULT', 'YUEDANDEFAULT', 'APPDANDEFUALT']);
/** "Clock wrong" has no number in the document; as far off as other gateways allow. */
const mostOffMilliseconds = 300_000;

/** Whether OPEN-BODY-SIG is right for these bytes; the app's id and the time are told before the signature. */
export function refuseSignature(account: UmsAccount, request: IncomingRequest, now: number): UmsRefusal | null {
  const header = readBodySignature(String(request.headers['authorization'] ?? ''));
  if (header === null) return { code: 'BAD_SIGN' };
  if (header.appId !== account.appId) return { code: 'INVALID_MSGSRC' };
  if (isOff(instantOf(header.timestamp), now)) return { code: 'ABNORMAL_REQUEST_TIME' };
  const right = signBody(account.appId, account.appKey, header.timestamp, header.nonce, request.body);
  return header.signature === right ? null : { code: 'BAD_SIGN' };
}

/** The refusal of a request to netpay, or null where it may be processed. */
export function refuseRequest(account: UmsAccount, call: UmsCall, request: IncomingRequest, fields: UmsFields | null, now: number): UmsRefusal | null {
  const badSignature = refuseSignature(account, request, now);
  if (badSignature !== null) return badSignature;
  if (!isJsonType(request.headers['content-type'])) return { code: 'BAD_REQUEST', message: 'Content-Type必须是application/json' };
  if (request.query !== '') return { code: 'BAD_REQUEST', message: '没有URL参数' };
  if (fields === null) return { code: 'BAD_REQUEST', message: '请求主体不是JSON对象' };
  const faults = [...faultsOfUms(fields, call === 'present' ? creationTable : tables[call]), ...faultsBetween(account, call, request.path, fields)];
  if (faults.length > 0) return { code: 'BAD_REQUEST', message: faults.join('; ') };
  if (isOff(instantOf(String(fields['requestTimestamp'])), now)) return { code: 'ABNORMAL_REQUEST_TIME' };
  if (fields['mid'] !== account.merchantId) return { code: 'NO_MERCHANT' };
  if (fields['tid'] !== account.terminalId || !businessKinds.has(String(fields['instMid']))) return { code: 'INVLID_MERCHANT_CONFIG' };
  return null;
}

export function parseBody(body: Buffer): UmsFields | null {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return isObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function isOff(instant: number | null, now: number): boolean {
  return instant === null || Math.abs(now - instant) >= mostOffMilliseconds;
}

/** Sections 1.1 and 1.3: our source number first, more than 6 characters and less than 28. */
function faultOfNewNumber(account: UmsAccount, name: string, value: unknown): string[] {
  const text = String(value ?? '');
  if (text.length <= 6 || text.length >= 28) return [`${name}长度需大于6位，小于28位`];
  return text.startsWith(account.sourceId) ? [] : [`${name}前4位必须是来源编号`];
}

function faultsBetween(account: UmsAccount, call: UmsCall, path: string, fields: UmsFields): string[] {
  const isSet = (name: string): boolean => fields[name] !== undefined && fields[name] !== '';
  switch (call) {
    case 'present':
      return [...faultOfNewNumber(account, 'merOrderId', fields['merOrderId']), ...faultsOfAddress(path, fields, isSet), ...faultsOfDivision(fields)];
    case 'query':
      return isSet('merOrderId') || isSet('targetOrderId') ? [] : ['merOrderId与targetOrderId不能同时为空'];
    case 'refund':
      return [...(isSet('refundOrderId') ? faultOfNewNumber(account, 'refundOrderId', fields['refundOrderId']) : []), ...faultsOfParts('refundAmount', fields)];
    default:
      return [];
  }
}

/** What the table's remarks ask of one address or allow to another alone. */
function faultsOfAddress(path: string, fields: UmsFields, isSet: (name: string) => boolean): string[] {
  const isAlipay = path.startsWith('/v1/netpay/trade/');
  const faults: string[] = [];
  if (path.startsWith('/v1/netpay/wx/')) {
    if (fields['tradeType'] !== 'APP') faults.push('tradeType必须是APP');
    if (!isSet('subAppId')) faults.push('subAppId不可以为空');
  }
  if (path.startsWith('/v1/netpay/qmf/') && !(isSet('merchantUserId') && isSet('mobile'))) faults.push('merchantUserId与mobile必传');
  if (!isAlipay && (isSet('enablePayChnl') || isSet('retCommParams'))) faults.push('仅支持支付宝');
  if (isSet('goods') && isSet('goodsTradeNo')) faults.push('goods与goodsTradeNo二选一');
  return faults;
}

/** Section 1.1.3: a divided order says how, adds up, and is no guaranteed one. */
function faultsOfDivision(fields: UmsFields): string[] {
  if (fields['divisionFlag'] !== true) return [];
  const { goods, subOrders } = fields;
  if (!Array.isArray(goods) && !Array.isArray(subOrders)) return ['goods与subOrders不能同时为空'];
  if (amountOf(fields['platformAmount']) === null) return ['platformAmount必传'];
  if (fields['secureTransaction'] === 'true') return ['分账订单不支持担保交易'];
  return Array.isArray(subOrders) ? faultsOfParts('totalAmount', fields) : [];
}

/** The parts and the platform's own add up to the whole. */
function faultsOfParts(whole: string, fields: UmsFields): string[] {
  const { subOrders } = fields;
  if (!Array.isArray(subOrders)) return [];
  const parts = subOrders.map((part: unknown) => (isObject(part) ? (amountOf(part['totalAmount']) ?? 0) : 0));
  const sum = parts.reduce((total, part) => total + part, 0) + (amountOf(fields['platformAmount']) ?? 0);
  return sum === amountOf(fields[whole]) ? [] : [`subOrders与platformAmount之和必须等于${whole}`];
}
