/** Every word of OMoney's that the till knows, and what it means for each answer; a word without a row is `unknown` (money rule 2). */
interface Row {
  /** The section of the document. */
  readonly where: string;
}

/** `status` of a payment (document 2.1.6, 2.1.8). */
export const paymentStatuses: Readonly<Record<string, Row & { readonly means: 'paid' | 'waiting' | 'declined' | 'unsure' }>> = {
  SUCCESS: { means: 'paid', where: '2.1.6, 2.1.8' },
  WAIT_PAY: { means: 'waiting', where: '2.1.6, 2.1.8' },
  FAIL: { means: 'declined', where: '2.1.6, 2.1.8' },
  // Authorised, and somebody in the back office decides whether the money is taken.
  UNCAPTURE: { means: 'unsure', where: '2.1.8' },
};

/**
 * `chargeback_status` of a notification alone (document 2.1.8): empty until the payer disputes the payment. No call answers with it,
 * so a query can't tell whether it is so.
 */
export const chargebackStatuses: Readonly<Record<string, Row & { readonly means: string }>> = {
  chargeback: { means: 'told to people: the payer disputes it', where: '2.1.8' },
  fraud: { means: 'told to people: the payer disputes it as fraud', where: '2.1.8' },
};

/** `status` of a cancel's answer (document 2.1.9): neither is a word about the money; a query says it (ERRATA). */
export const cancelStatuses: Readonly<Record<string, Row & { readonly means: 'taken' | 'refused' }>> = {
  SUCCESS: { means: 'taken', where: '2.1.9' },
  FAIL: { means: 'refused', where: '2.1.9' },
};

/** `status` of a refund (document 2.2.5). */
export const refundStatuses: Readonly<Record<string, Row & { readonly means: 'refunded' | 'pending' | 'declined' }>> = {
  SUCCESS: { means: 'refunded', where: '2.2.5' },
  WAIT: { means: 'pending', where: '2.2.5' },
  FAIL: { means: 'declined', where: '2.2.5' },
};
