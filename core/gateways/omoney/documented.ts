/** The words of OMoney's document, call by call: the rows of its tables. */
import { documentedWords, type DocumentedWord } from '../documented.ts';
import { cancelStatuses, chargebackStatuses, paymentStatuses, refundStatuses } from './table.ts';

const created = { paid: 'unknown gatewayUnsure', waiting: 'shown', declined: 'declined other', unsure: 'unknown gatewayUnsure' } as const;
const asked = { paid: 'paid', waiting: 'waiting', declined: 'declined closed', unsure: 'unknown gatewayUnsure' } as const;
const cancelled = { taken: 'unknown gatewayUnsure', refused: 'unknown reversalRefused' } as const;
const refunded = { refunded: 'refunded', pending: 'refundPending', declined: 'refundDeclined other' } as const;

export const documented: readonly DocumentedWord[] = [
  ...documentedWords('status', 'present', paymentStatuses, ({ means }) => created[means]),
  ...documentedWords('status', 'query', paymentStatuses, ({ means }) => asked[means]),
  ...documentedWords('status', 'reverse', cancelStatuses, ({ means }) => cancelled[means]),
  // Of a notification: nothing of the money follows from it.
  ...documentedWords('chargeback_status', null, chargebackStatuses, ({ means }) => means),
  ...documentedWords('status', 'refund', refundStatuses, ({ means }) => refunded[means]),
  ...documentedWords('status', 'queryRefund', refundStatuses, ({ means }) => refunded[means]),
];
