/** The scripted payment codes whose payment is plain and whose refund is not: the 500s. */
import type { Behaviour } from './behaviour.ts';
import type { Alteration, Fault, Saying } from './fault.ts';
import type { RefundState } from './model.ts';
import type { RefundCourse } from './refund-course.ts';
import type { Script, ScriptedFault } from './script.ts';

const paysAtOnce: Behaviour = [{ after: 0, does: 'pays' }];
const pays = () => paysAtOnce;
const answerLost: Fault = { kind: 'answerLost' };
const once = (fault: Fault) => (): readonly ScriptedFault[] => [{ call: 'refund', fault }];
/** Only numbers that are booked hear these words: a second refund of the order goes its plain way. */
const lostThenSays = (what: Saying) => (): readonly ScriptedFault[] => [
  { call: 'refund', fault: answerLost },
  { call: 'refund', fault: { kind: 'says', what, processed: false }, times: 'always', repeat: true },
];
const refuses = (what: Saying, times: number | 'always'): ScriptedFault => ({ call: 'refund', fault: { kind: 'says', what, processed: false }, times });
const onQueries = (fault: Fault, times: number | 'always'): readonly ScriptedFault[] => (['query', 'queryRefund'] as const).map((call) => ({ call, fault, times }));
const allAltered = (how: Alteration) => (): readonly ScriptedFault[] =>
  (['refund', 'query', 'queryRefund'] as const).map((call) => ({ call, fault: { kind: 'altered', how }, times: 'always' }));
const walk: readonly RefundState[] = ['applied', 'merchantConfirmed', 'organizationConfirmed', 'organizationPayback', 'closed'];
const endsAs = (becomes: RefundState) => (seconds: number): RefundCourse => [{ after: 0, becomes: 'merchantConfirmed' }, { after: seconds, becomes }];

/** Faults begin with the order's first refund; courses hold for each of its refunds. */
export const refundScripts: readonly Script[] = [
  // The answer to the first refund.
  { number: 501, name: 'refundAnswerLost', says: 'paid; the first refund is done and its answer lost', payer: pays, refundFaults: once(answerLost) },
  { number: 502, name: 'refundLost', parameter: 1, parameterMeans: 'times', says: 'paid; the first n refund requests are lost on the way', payer: pays, refundFaults: (n) => [{ call: 'refund', fault: { kind: 'requestLost' }, times: n }] },
  { number: 503, name: 'refundAnswerLostNoop', says: 'paid; as refundAnswerLost, and every repeat is answered that nothing is left to do', payer: pays, refundFaults: lostThenSays('refundNoop') },
  { number: 504, name: 'refundAnswerLostConflict', says: 'paid; as refundAnswerLost, and every repeat is answered that its number conflicts', payer: pays, refundFaults: lostThenSays('refundConflict') },
  { number: 505, name: 'refundAnswersLost', parameter: 3, parameterMeans: 'times', says: 'paid; refunds are done, the first n answers are lost', payer: pays, refundFaults: (n) => [{ call: 'refund', fault: answerLost, times: n }] },
  { number: 506, name: 'refundLostThenBooked', parameter: 20, parameterMeans: 'seconds', says: 'paid; the connection of the first refund dies at once; n seconds later it is done all the same', payer: pays, refundFaults: (n) => [{ call: 'refund', fault: { kind: 'lostThenProcessed', seconds: n } }] },
  { number: 507, name: 'refundBookedLate', parameter: 20, parameterMeans: 'seconds', says: 'paid; nothing is known of the first refund for n seconds, then it is done and answered', payer: pays, refundFaults: (n) => [{ call: 'refund', fault: { kind: 'processedLate', seconds: n } }] },
  { number: 508, name: 'refundAnswerLate', parameter: 20, parameterMeans: 'seconds', says: 'paid; the first refund is done at once, answered n seconds later', payer: pays, refundFaults: (n) => [{ call: 'refund', fault: { kind: 'answerLate', seconds: n } }] },
  { number: 509, name: 'refundSilentDone', says: 'paid; the first refund is done and never answered; the socket stays open', payer: pays, refundFaults: once({ kind: 'silent', processed: true }) },
  { number: 510, name: 'refundSilent', says: 'paid; the first refund is not done and never answered; the socket stays open', payer: pays, refundFaults: once({ kind: 'silent', processed: false }) },
  { number: 511, name: 'refundStatus500Done', says: 'paid; the first refund is done, and the answer is a bare HTTP 500', payer: pays, refundFaults: once({ kind: 'httpStatus', status: 500, processed: true }) },
  { number: 512, name: 'refundStatus500', says: 'paid; the first refund is not done, and the answer is a bare HTTP 500', payer: pays, refundFaults: once({ kind: 'httpStatus', status: 500, processed: false }) },
  { number: 513, name: 'refundStatus403Done', says: 'paid; the first refund is done, and a proxy answers HTTP 403', payer: pays, refundFaults: once({ kind: 'httpStatus', status: 403, processed: true }) },
  { number: 514, name: 'refundGarbageDone', says: 'paid; the first refund is done, and the answer is garbage', payer: pays, refundFaults: once({ kind: 'garbage', processed: true }) },
  { number: 515, name: 'refundGarbage', says: 'paid; the first refund is not done, and the answer is garbage', payer: pays, refundFaults: once({ kind: 'garbage', processed: false }) },
  { number: 516, name: 'refundEmptyDone', says: 'paid; the first refund is done, and the answer is empty', payer: pays, refundFaults: once({ kind: 'emptyAnswer', processed: true }) },
  { number: 517, name: 'refundCutInHalf', says: 'paid; the first refund is done, and half of the answer arrives', payer: pays, refundFaults: once({ kind: 'cutInHalf' }) },
  { number: 518, name: 'refundSystemErrorDone', says: 'paid; the first refund is done, and the gateway says system error', payer: pays, refundFaults: once({ kind: 'says', what: 'systemError', processed: true }) },
  { number: 519, name: 'refundSystemError', says: 'paid; the first refund is not done, and the gateway says system error', payer: pays, refundFaults: once({ kind: 'says', what: 'systemError', processed: false }) },
  { number: 520, name: 'refundProcessedTwice', says: 'paid; the first refund is delivered twice and the second one\'s answer arrives; at Omipay both are done if both fit', payer: pays, refundFaults: once({ kind: 'processedTwice' }) },
  { number: 521, name: 'refundAnswerTwice', says: 'paid; the first refund is done, and the answer comes twice in one body', payer: pays, refundFaults: once({ kind: 'answerTwice' }) },

  // What the answers to refunds and to the asking about them say.
  { number: 522, name: 'refundWrongReference', says: 'paid; every answer to a refund, and to a query after it, names another one', payer: pays, refundFaults: allAltered('wrongReference') },
  { number: 523, name: 'refundWrongReferenceOnce', says: 'paid; the answer to the first refund names another one', payer: pays, refundFaults: once({ kind: 'altered', how: 'wrongReference' }) },
  { number: 524, name: 'refundWrongAmount', says: 'paid; every answer to a refund, and to a query after it, names another amount', payer: pays, refundFaults: allAltered('wrongAmount') },
  { number: 525, name: 'refundBlankKey', says: 'paid; in the answers to a refund, and to a query after it, a key with a blank at its end', payer: pays, refundFaults: allAltered('blankKey') },
  { number: 526, name: 'refundOtherTypes', says: 'paid; in the answers to a refund, and to a query after it, numbers for strings or the reverse', payer: pays, refundFaults: allAltered('otherTypes') },
  { number: 527, name: 'refundOtherNesting', says: 'paid; in the answers to a refund, and to a query after it, the data flat where it is nested, nested where it is flat', payer: pays, refundFaults: allAltered('otherNesting') },

  // Refused.
  { number: 530, name: 'refundShopBalance', parameter: 1, parameterMeans: 'times', says: 'paid; the first n refunds are refused: the shop\'s account has not enough; then it has', payer: pays, refundFaults: (n) => [refuses('shopBalanceShort', n)] },
  { number: 531, name: 'refundOrderState', says: 'paid; refunds are refused: the order\'s state doesn\'t allow one', payer: pays, refundFaults: () => [refuses('refundOrderState', 'always')] },
  { number: 532, name: 'refundTooOld', says: 'paid; refunds are refused: the order is too old; at Omipay taken, and TimeoutClosed 2 seconds later', payer: pays, refundFaults: (_n, gateway) => (gateway === 'omipay' ? [] : [refuses('refundTooOld', 'always')]), refundGoes: (_n, gateway) => (gateway === 'omipay' ? endsAs('timeoutClosed')(2) : null) },
  { number: 533, name: 'refundOverLimit', says: 'paid; refunds are refused: more than can be refunded', payer: pays, refundFaults: () => [refuses('refundOverLimit', 'always')] },
  { number: 534, name: 'refundNotRefundable', says: 'paid; refunds are refused: this order can\'t be refunded', payer: pays, refundFaults: () => [refuses('notRefundable', 'always')] },
  { number: 535, name: 'refundUnlistedError', says: 'paid; refunds are not done, with an error code that no document lists', payer: pays, refundFaults: () => [refuses('unlistedError', 'always')] },
  { number: 536, name: 'refundFails', says: 'paid; refunds are taken and have failed at once', payer: pays, refundGoes: () => endsAs('organizationFailed')(0) },

  // Over time; Shouqianba says the nearest word.
  { number: 540, name: 'refundInProgress', parameter: 5, parameterMeans: 'seconds', says: 'paid; refunds are in progress and done n seconds later', payer: pays, refundGoes: (n) => endsAs('closed')(n) },
  { number: 541, name: 'refundInProgressOnce', says: 'paid; the first refund is done, but its answer says in progress; the repeat says done', payer: pays, refundFaults: once({ kind: 'says', what: 'inProgress', processed: true }) },
  { number: 542, name: 'refundNeverEnds', parameter: 2, parameterMeans: '(1 to 4)', says: 'paid; refunds stay in the nth of Applied, MerchantConfirmed, OrganizationConfirmed, OrganizationPayback for good', payer: pays, refundGoes: (n) => walk.slice(0, Math.min(n, 4)).map((becomes) => ({ after: 0, becomes })) },
  { number: 543, name: 'refundErrorDone', says: 'paid; the first refund is done, but its answer says that nobody is sure; the repeat says done', payer: pays, refundFaults: once({ kind: 'says', what: 'refundError', processed: true }) },
  { number: 544, name: 'refundErrorThenDone', parameter: 10, parameterMeans: 'seconds', says: 'paid; for n seconds nobody is sure of a refund, then it is done', payer: pays, refundGoes: (n) => [{ after: 0, becomes: 'unsure' }, { after: n, becomes: 'closed' }] },
  { number: 545, name: 'refundErrorThenFailed', parameter: 10, parameterMeans: 'seconds', says: 'paid; for n seconds nobody is sure of a refund, then it has failed', payer: pays, refundGoes: (n) => [{ after: 0, becomes: 'unsure' }, { after: n, becomes: 'organizationFailed' }] },
  { number: 546, name: 'refundSteps', parameter: 2, parameterMeans: 'seconds', says: 'paid; refunds go through Applied, MerchantConfirmed, OrganizationConfirmed, OrganizationPayback, Closed, n seconds each', payer: pays, refundGoes: (n) => walk.map((becomes, index) => ({ after: index * n, becomes })) },
  { number: 547, name: 'refundMerchantRejected', parameter: 4, parameterMeans: 'seconds', says: 'paid; refunds are in progress and end as MerchantRejected n seconds later', payer: pays, refundGoes: endsAs('merchantRejected') },
  { number: 548, name: 'refundTimeoutClosed', parameter: 4, parameterMeans: 'seconds', says: 'paid; refunds are in progress and end as TimeoutClosed n seconds later', payer: pays, refundGoes: endsAs('timeoutClosed') },
  { number: 549, name: 'refundOrganizationFailed', parameter: 4, parameterMeans: 'seconds', says: 'paid; refunds are in progress and end as OrganizationFailed n seconds later', payer: pays, refundGoes: endsAs('organizationFailed') },
  { number: 550, name: 'refundCustomerCancelled', parameter: 4, parameterMeans: 'seconds', says: 'paid; refunds are in progress and end as CustomerCancelled n seconds later', payer: pays, refundGoes: endsAs('customerCancelled') },

  // Asking about a refund: QueryRefund, and at Shouqianba the order's query.
  { number: 560, name: 'refundQueriesLost', parameter: 2, parameterMeans: 'times', says: 'paid; refunds are in progress and done 3 seconds later; the first n queries after one are lost', payer: pays, refundFaults: (n) => onQueries({ kind: 'requestLost' }, n), refundGoes: () => endsAs('closed')(3) },
  { number: 561, name: 'refundQueriesDead', says: 'paid; the first refund is done and its answer lost; every query after it is lost too', payer: pays, refundFaults: () => [{ call: 'refund', fault: answerLost }, ...onQueries({ kind: 'requestLost' }, 'always')] },
  { number: 562, name: 'refundQueryNotFound', parameter: 2, parameterMeans: 'times', says: 'paid; refunds are done; the first n queries after one don\'t know it', payer: pays, refundFaults: (n) => onQueries({ kind: 'says', what: 'notExist', processed: false }, n) },
  { number: 563, name: 'refundQueriesStale', parameter: 3, parameterMeans: 'times', says: 'paid; the first refund is done, but its answer and the first n queries say in progress', payer: pays, refundFaults: (n) => [{ call: 'refund', fault: { kind: 'says', what: 'inProgress', processed: true } }, ...onQueries({ kind: 'says', what: 'inProgress', processed: false }, n)] },
  { number: 564, name: 'refundUnlistedState', parameter: 2, parameterMeans: 'times', says: 'paid; refunds are in progress and done 3 seconds later; the first n queries answer a state that no document lists', payer: pays, refundFaults: (n) => onQueries({ kind: 'altered', how: 'unlistedStatus' }, n), refundGoes: () => endsAs('closed')(3) },
  { number: 565, name: 'refundQueryGarbage', parameter: 2, parameterMeans: 'times', says: 'paid; refunds are in progress and done 3 seconds later; the first n queries are answered with garbage', payer: pays, refundFaults: (n) => onQueries({ kind: 'garbage', processed: false }, n), refundGoes: () => endsAs('closed')(3) },
];
