/** The words of Omipay's document and of FIELD.md, call by call: the rows of its tables. */
import { documentedWords, type DocumentedWord } from '../documented.ts';
import { errorCodes, orderStatuses, refundStatuses, returnCodes, type ErrorMeaning, type RefundErrorMeaning } from './table.ts';

const failed = { return_code: 'FAIL' };
/** A refused refund has neither a number nor a state. */
const failedRefund = { return_code: 'FAIL', refund_no: '(absent)', result_code: '(absent)' };
const withoutCode = { error_code: '(absent)' };
/** What a call's own good answer is taken for. */
const good = { pay: 'paid', present: 'shown', query: 'paid', refund: 'refundPending', queryRefund: 'refunded' } as const;

function errorWords(meaning: ErrorMeaning | RefundErrorMeaning | undefined): string | null {
  switch (meaning?.kind) {
    case undefined:
      return null;
    case 'declined':
    case 'refundDeclined':
      return `${meaning.kind} ${meaning.reason}`;
    case 'unknown':
      return `unknown ${meaning.why}`;
    case 'paidAlready':
      return 'paid';
    case 'waiting':
      return 'waiting';
  }
}

export const documented: readonly DocumentedWord[] = [
  ...(['pay', 'present', 'query', 'refund', 'queryRefund'] as const).flatMap((call) => [
    ...documentedWords('return_code', call, returnCodes, ({ means }) => (means === 'done' ? good[call] : null)),
    ...documentedWords('return_code', call, returnCodes, ({ means }) => (means === 'done' ? null : 'unknown unlisted'), withoutCode),
  ]),
  ...(['pay', 'present', 'query'] as const).flatMap((call) => documentedWords('error_code', call, errorCodes, (row) => errorWords(row[call]), failed)),
  ...(['refund', 'queryRefund'] as const).flatMap((call) => documentedWords('error_code', call, errorCodes, (row) => errorWords(row[call]), failedRefund)),
  ...documentedWords('result_code', 'query', orderStatuses, ({ means, reason = 'other' }) => (means === 'declined' ? `declined ${reason}` : means)),
  ...documentedWords('result_code', 'queryRefund', refundStatuses, (row) => ({ refunded: 'refunded', pending: 'refundPending', declined: row.means === 'declined' ? `refundDeclined ${row.reason}` : null })[row.means]),
  // The calls of integrators, and the question for the rate.
  ...documentedWords('error_code', null, errorCodes, ({ order }) => (order?.kind === 'refused' ? `order refused: ${order.reason}` : null)),
  ...documentedWords('error_code', null, errorCodes, ({ rate }) => (rate?.kind === 'refused' ? `rate refused: ${rate.reason}` : null)),
];
