/** The words of Shouqianba's document and of FIELD.md, call by call: the rows of its tables. */
import { documentedWords, type DocumentedWord } from '../documented.ts';
import type { AttemptCall } from '../gateway.ts';
import { refundCodes, refundErrors, refundRequestErrors, type RefundErrorMeaning } from './refund-table.ts';
import {
  businessCodes, businessErrors, communicationErrors, orderStatuses, payways, resultCodes, subPayways, terminalCodes, terminalErrors, transactionStatuses,
  type BusinessMeaning, type ErrorMeaning, type OrderMeaning,
} from './table.ts';

const calls = ['pay', 'present', 'query', 'reverse'] as const satisfies readonly AttemptCall[];
/** What a call's own good answer is taken for. */
const good = { pay: 'paid', present: 'shown', query: 'paid', reverse: 'reversed' } as const;

/** A refusal of the request has no business part (appendix 1). */
const refusedRequest = { result_code: '400', biz_response: '(absent)' };
const unnamed = { 'biz_response.data': '(absent)', 'biz_response.error_code': '(absent)' };
/** "No flow was started" describes nothing. */
const failed = { 'biz_response.result_code': 'FAIL', 'biz_response.data': '(absent)' };

function errorWords(meaning: ErrorMeaning | RefundErrorMeaning): string {
  switch (meaning.kind) {
    case 'declined':
    case 'refundDeclined':
      return `${meaning.kind} ${meaning.reason}`;
    case 'unknown':
      return `unknown ${meaning.why}`;
    case 'reversed':
    case 'notFound':
    case 'refunded':
      return meaning.kind;
  }
}

/** Codes that are read beside the order that they come with. */
function namedCode(meaning: BusinessMeaning | undefined): string | null {
  return meaning?.means === 'paid' || meaning?.means === 'shown' || meaning?.means === 'reversed' ? meaning.means : meaning?.means === 'byOrderStatus' ? 'paid' : null;
}

/** Codes that say what they say also without one. */
function bareCode(meaning: BusinessMeaning | undefined): string | null {
  switch (meaning?.means) {
    case 'waiting':
      return 'waiting';
    case 'declined':
      return 'declined other';
    case 'unsure':
      return 'unknown gatewayUnsure';
    case 'byErrorCode':
      // Without an error code there is nothing to go by.
      return 'unknown unlisted';
    case 'paid':
    case 'shown':
    case 'reversed':
    case 'byOrderStatus':
    case undefined:
      return null;
  }
}

const orderWords: Readonly<Record<OrderMeaning, string>> = { paid: 'paid', waiting: 'waiting', declined: 'declined other', reversed: 'reversed', unsure: 'unknown gatewayUnsure' };

export const documented: readonly DocumentedWord[] = [
  ...calls.flatMap((call) => [
    ...documentedWords('result_code', call, resultCodes, ({ means }) => (means === 'answered' ? good[call] : null)),
    ...documentedWords('result_code', call, resultCodes, ({ means }) => (means === 'answered' ? null : means === 'unsure' ? 'unknown gatewayUnsure' : 'unknown unlisted'), { biz_response: '(absent)', error_code: '(absent)' }),
    ...documentedWords('error_code', call, communicationErrors, (row) => errorWords(row[call]), refusedRequest),
    ...documentedWords('biz_response.result_code', call, businessCodes, (row) => namedCode(row[call])),
    ...documentedWords('biz_response.result_code', call, businessCodes, (row) => bareCode(row[call]), unnamed),
    ...documentedWords('biz_response.error_code', call, businessErrors, (row) => errorWords(row[call]), failed),
  ]),
  ...documentedWords('biz_response.data.order_status', 'query', orderStatuses, ({ means }) => orderWords[means], { 'biz_response.data.status': '(absent)' }),
  ...documentedWords('biz_response.data.status', 'query', transactionStatuses, ({ agreesWith }) => (agreesWith.includes('paid') ? 'paid' : 'unknown gatewayUnsure'), { 'biz_response.data.order_status': 'PAID' }),
  ...documentedWords('biz_response.data.status', 'query', transactionStatuses, ({ agreesWith }) => (agreesWith.includes('declined') ? 'declined other' : 'unknown gatewayUnsure'), { 'biz_response.data.order_status': 'PAY_CANCELED' }),
  ...documentedWords('result_code', 'refund', resultCodes, ({ means }) => (means === 'answered' ? 'refunded' : null)),
  ...documentedWords('error_code', 'refund', refundRequestErrors, errorWords, refusedRequest),
  ...documentedWords('biz_response.result_code', 'refund', refundCodes, (row) => (row.means === 'refunded' ? 'refunded' : null)),
  ...documentedWords('biz_response.result_code', 'refund', refundCodes, ({ means }) => ({ refunded: null, pending: 'refundPending', failed: 'unknown gatewayUnsure', unsure: 'unknown gatewayUnsure', byErrorCode: 'unknown unlisted' })[means], unnamed),
  ...documentedWords('biz_response.result_code', 'refund', refundCodes, ({ means }) => (means === 'failed' ? 'refundDeclined other' : null), { ...unnamed, 'biz_response.data.status': 'FAIL_CANCELED' }),
  ...documentedWords('biz_response.error_code', 'refund', refundErrors, errorWords, failed),
  ...documentedWords('biz_response.data.payway', null, payways, ({ wallet }) => wallet),
  ...documentedWords('biz_response.data.sub_payway', null, subPayways, ({ direction }) => direction),
  ...documentedWords('biz_response.result_code', null, terminalCodes, ({ activate, checkin }) => (activate === checkin ? null : activate === 'done' ? 'activated' : 'checkedIn')),
  ...documentedWords('error_code', null, terminalErrors, ({ means }) => `terminal: ${means}`),
];
