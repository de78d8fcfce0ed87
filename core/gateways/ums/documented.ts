/** The words of UMS' document and of FIELD.md, call by call: the rows of its tables. */
import { documentedWords, type DocumentedWord } from '../documented.ts';
import { poslinkCodes, queryResults, refundResults, type PoslinkMeaning } from './poslink-table.ts';
import { errorCodes, orderStatuses, refundStatuses, secureStatuses, targetSystems, type CodeMeaning, type CodeRow } from './table.ts';

type AnyMeaning = CodeMeaning<string>;

/** A refusal describes nothing: what such an answer lacks. */
const bareOrder = { status: '(absent)', qrCode: '(absent)', appPayRequest: '(absent)' };
const bareRefund = { refundStatus: '(absent)' };

/** `errCode` that says that the call was carried out, and one that says anything else. */
function codes(call: 'present' | 'query' | 'reverse' | 'refund' | 'queryRefund', column: (row: CodeRow) => AnyMeaning, done: string, declined: 'declined' | 'refundDeclined', bare: Readonly<Record<string, string>>): readonly DocumentedWord[] {
  return [
    ...documentedWords('errCode', call, errorCodes, (row) => (column(row).kind === 'done' ? done : null)),
    ...documentedWords('errCode', call, errorCodes, (row) => meaningOf(column(row), declined), bare),
  ];
}

function meaningOf(meaning: AnyMeaning, declined: string): string | null {
  switch (meaning.kind) {
    case 'done':
      return null;
    case 'refused':
      return `${declined} ${meaning.reason}`;
    case 'notFound':
      return 'notFound';
    case 'cancelled':
      return 'unknown gatewayUnsure';
    case 'unknown':
      return `unknown ${meaning.why}`;
  }
}

const shown = { waiting: 'shown', paid: 'unknown gatewayUnsure', closed: 'unknown gatewayUnsure', refunding: 'unknown gatewayUnsure', unsure: 'unknown gatewayUnsure' } as const;
const asked = { waiting: 'waiting', paid: 'paid', closed: 'declined closed', refunding: 'unknown gatewayUnsure', unsure: 'unknown gatewayUnsure' } as const;
const closed = { waiting: 'unknown gatewayUnsure', paid: 'unknown reversalRefused', closed: 'reversed', refunding: 'unknown reversalRefused', unsure: 'unknown gatewayUnsure' } as const;
const refunded = { refunded: 'refunded', pending: 'refundPending', failed: 'refundDeclined other', unsure: 'unknown gatewayUnsure' } as const;

function poslinkMeaning(means: PoslinkMeaning): string {
  return means.kind === 'unknown' ? `unknown ${means.why}` : means.kind === 'declined' ? 'declined other' : means.kind;
}

export const documented: readonly DocumentedWord[] = [
  ...codes('present', (row) => row.order, 'shown', 'declined', bareOrder),
  ...codes('query', (row) => row.query, 'paid', 'declined', bareOrder),
  ...codes('reverse', (row) => row.close, 'reversed', 'declined', bareOrder),
  ...codes('refund', (row) => row.refund, 'refunded', 'refundDeclined', bareRefund),
  ...codes('queryRefund', (row) => row.queryRefund, 'refunded', 'refundDeclined', bareRefund),
  ...documentedWords('status', 'present', orderStatuses, ({ means }) => shown[means]),
  ...documentedWords('status', 'query', orderStatuses, ({ means }) => asked[means]),
  ...documentedWords('status', 'reverse', orderStatuses, ({ means }) => closed[means]),
  ...documentedWords('refundStatus', 'refund', refundStatuses, ({ means }) => refunded[means]),
  ...documentedWords('refundStatus', 'queryRefund', refundStatuses, ({ means }) => refunded[means]),
  ...documentedWords('secureStatus', null, secureStatuses, ({ means }) => means),
  ...documentedWords('targetSys', null, targetSystems, ({ wallet }) => wallet),
  ...documentedWords('errCode', 'pay', poslinkCodes, () => 'unknown gatewayUnsure'),
  ...documentedWords('errCode', 'query', poslinkCodes, () => 'paid'),
  ...documentedWords('queryResCode', 'query', queryResults, ({ means }) => poslinkMeaning(means)),
  ...documentedWords('queryResCode', 'queryRefund', refundResults, ({ means }) => means),
];
