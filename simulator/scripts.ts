/** The scripted payment codes: digits that play one outcome or fault from end to end, anew for each order. */
import type { Behaviour } from './behaviour.ts';
import type { Fault } from './fault.ts';
import type { GatewayId, Refusal, Wallet } from './model.ts';
import type { RefundCourse } from './refund-course.ts';
import { refundScripts } from './refund-scripts.ts';
import type { Rule } from './rules.ts';
import type { Script, ScriptedFault } from './script.ts';

export interface ScriptedCode {
  readonly name: string;
  readonly wallet: Wallet;
  readonly singleUse: boolean;
  readonly payer: Behaviour;
  /** The faults as rules for the order with this reference; those of pay meet the call that opened it. */
  rules(gateway: GatewayId, reference: string, opening: 'pay' | 'present'): readonly Rule[];
  /** The faults that begin with the order's first refund. */
  refundRules(gateway: GatewayId, reference: string): readonly Rule[];
  /** How each refund goes on; null leaves it to the gateway's habit. */
  refundCourse(gateway: GatewayId): RefundCourse | null;
}

const paysAtOnce: Behaviour = [{ after: 0, does: 'pays' }];
const never: Behaviour = [];
const pays = () => paysAtOnce;
const ignores = () => never;
const paysAfter = (seconds: number): Behaviour => [{ after: seconds, does: 'pays' }];
const refusesAtOnce = (refusal: Refusal) => (): Behaviour => [{ after: 0, does: refusal }];
const onPay = (fault: Fault) => () => [{ call: 'pay' as const, fault }];
const onPayAndQuery = (fault: Fault) => () =>
  (['pay', 'query'] as const).map((call) => ({ call, fault, times: 'always' as const }));
const answerLost: Fault = { kind: 'answerLost' };
const secondsParameter = 'seconds';
const timesParameter = 'times';

const scripts: readonly Script[] = [
  // The payer.
  { number: 1, name: 'paid', says: 'pays at once', payer: pays },
  { number: 2, name: 'waits', parameter: 5, parameterMeans: secondsParameter, says: 'in progress; pays after n seconds', payer: paysAfter },
  { number: 3, name: 'wrongPassword', parameter: 8, parameterMeans: secondsParameter, says: 'in progress; a wrong password first, the right one after n seconds', payer: (n) => [{ after: n / 2, does: 'wrongPassword' }, { after: n, does: 'pays' }] },
  { number: 4, name: 'payerCancels', parameter: 4, parameterMeans: secondsParameter, says: 'in progress; taps cancel after n seconds', payer: (n) => [{ after: n, does: 'payerCancelled' }] },
  { number: 5, name: 'ignored', says: 'in progress for good; nobody ever pays', payer: ignores },
  { number: 6, name: 'closesItself', parameter: 45, parameterMeans: secondsParameter, says: 'in progress; closed by the wallet after n seconds', payer: (n) => [{ after: n, does: 'timedOut' }] },
  { number: 7, name: 'refused', says: 'refused at once, no reason given', payer: refusesAtOnce('failed') },
  { number: 8, name: 'insufficient', says: 'not enough money, said at once', payer: refusesAtOnce('insufficient') },
  { number: 9, name: 'insufficientLater', parameter: 4, parameterMeans: secondsParameter, says: 'in progress; not enough money, said after n seconds', payer: (n) => [{ after: n, does: 'insufficient' }] },
  { number: 10, name: 'expired', says: 'the code is too old', payer: refusesAtOnce('expired') },
  { number: 11, name: 'badCode', says: 'no code of any wallet', payer: refusesAtOnce('badCode') },
  { number: 12, name: 'overLimit', says: 'above the limit of one payment', payer: refusesAtOnce('overLimit') },
  { number: 13, name: 'overDayLimit', says: 'above the day\'s limit', payer: refusesAtOnce('overDayLimit') },
  { number: 14, name: 'cardNotSupported', says: 'a card that is not taken', payer: refusesAtOnce('cardNotSupported') },
  { number: 15, name: 'singleUse', says: 'pays at once, for its first order only; then it is used up', singleUse: true, payer: pays },
  { number: 16, name: 'payError', parameter: 10, parameterMeans: secondsParameter, says: 'fails and the gateway is not sure how; after n seconds it is: not paid', payer: (n) => [{ after: 0, does: 'errors' }, { after: n, does: 'failed' }] },
  { number: 17, name: 'payErrorPaid', parameter: 10, parameterMeans: secondsParameter, says: 'fails and the gateway is not sure how; after n seconds it is: paid', payer: (n) => [{ after: 0, does: 'errors' }, { after: n, does: 'pays' }] },

  // The answer to pay.
  { number: 101, name: 'answerLost', says: 'paid, and the answer is lost', payer: pays, faults: onPay(answerLost) },
  { number: 102, name: 'answerLostWaits', parameter: 5, parameterMeans: secondsParameter, says: 'in progress, the answer is lost; pays after n seconds', payer: paysAfter, faults: onPay(answerLost) },
  { number: 103, name: 'answerLostRefused', says: 'not enough money, and the answer is lost', payer: refusesAtOnce('insufficient'), faults: onPay(answerLost) },
  { number: 104, name: 'answerLostIgnored', says: 'in progress for good, the answer is lost', payer: ignores, faults: onPay(answerLost) },
  { number: 105, name: 'requestLost', says: 'the first request never reaches the gateway; the connection dies', payer: pays, faults: onPay({ kind: 'requestLost' }) },
  { number: 106, name: 'answerLate', parameter: 20, parameterMeans: secondsParameter, says: 'paid at once, answered n seconds later', payer: pays, faults: (n) => [{ call: 'pay', fault: { kind: 'answerLate', seconds: n } }] },
  { number: 107, name: 'bookedLate', parameter: 20, parameterMeans: secondsParameter, says: 'nothing is known of the order for n seconds, then it is booked, paid and answered', payer: pays, faults: (n) => [{ call: 'pay', fault: { kind: 'processedLate', seconds: n } }] },
  { number: 108, name: 'lostThenBooked', parameter: 20, parameterMeans: secondsParameter, says: 'the connection dies at once; n seconds later the order is booked and paid all the same', payer: pays, faults: (n) => [{ call: 'pay', fault: { kind: 'lostThenProcessed', seconds: n } }] },
  { number: 109, name: 'cutInHalf', says: 'paid, and half of the answer arrives', payer: pays, faults: onPay({ kind: 'cutInHalf' }) },
  { number: 110, name: 'silentPaid', says: 'paid, never answered; the socket stays open', payer: pays, faults: onPay({ kind: 'silent', processed: true }) },
  { number: 111, name: 'silent', says: 'not booked, never answered; the socket stays open', payer: pays, faults: onPay({ kind: 'silent', processed: false }) },
  { number: 112, name: 'status500Paid', says: 'paid, and the answer is a bare HTTP 500', payer: pays, faults: onPay({ kind: 'httpStatus', status: 500, processed: true }) },
  { number: 113, name: 'status500', says: 'not booked; the first answer is a bare HTTP 500', payer: pays, faults: onPay({ kind: 'httpStatus', status: 500, processed: false }) },
  { number: 114, name: 'status403Paid', says: 'paid, and a proxy answers HTTP 403', payer: pays, faults: onPay({ kind: 'httpStatus', status: 403, processed: true }) },
  { number: 115, name: 'garbagePaid', says: 'paid, and the answer is garbage', payer: pays, faults: onPay({ kind: 'garbage', processed: true }) },
  { number: 116, name: 'garbage', says: 'not booked, and the answer is garbage', payer: pays, faults: onPay({ kind: 'garbage', processed: false }) },
  { number: 117, name: 'emptyPaid', says: 'paid, and the answer is empty', payer: pays, faults: onPay({ kind: 'emptyAnswer', processed: true }) },
  { number: 118, name: 'systemErrorPaid', says: 'paid, and the gateway says system error', payer: pays, faults: onPay({ kind: 'says', what: 'systemError', processed: true }) },
  { number: 119, name: 'systemError', says: 'not booked, and the gateway says system error', payer: pays, faults: onPay({ kind: 'says', what: 'systemError', processed: false }) },
  { number: 120, name: 'processedTwice', says: 'the request is delivered twice; the second one\'s answer arrives', payer: pays, faults: onPay({ kind: 'processedTwice' }) },
  { number: 121, name: 'answerTwice', says: 'paid, and the answer comes twice in one body', payer: pays, faults: onPay({ kind: 'answerTwice' }) },
  { number: 122, name: 'alreadyKnown', says: 'the number is said to be taken, by an order that is not ours', payer: pays, faults: onPay({ kind: 'says', what: 'alreadyKnown', processed: false }) },
  { number: 123, name: 'inProgressPaid', says: 'paid at once, but the answer says in progress', payer: pays, faults: onPay({ kind: 'says', what: 'inProgress', processed: true }) },

  // What the answers say.
  { number: 201, name: 'wrongAmount', says: 'paid; every answer names another amount', payer: pays, faults: onPayAndQuery({ kind: 'altered', how: 'wrongAmount' }) },
  { number: 202, name: 'wrongAmountOnce', says: 'paid; the first answer names another amount', payer: pays, faults: onPay({ kind: 'altered', how: 'wrongAmount' }) },
  { number: 203, name: 'wrongReference', says: 'paid; every answer names another order', payer: pays, faults: onPayAndQuery({ kind: 'altered', how: 'wrongReference' }) },
  { number: 204, name: 'wrongReferenceOnce', says: 'paid; the first answer names another order', payer: pays, faults: onPay({ kind: 'altered', how: 'wrongReference' }) },
  { number: 205, name: 'blankKey', says: 'paid; a key with a blank at its end, as captured', payer: pays, faults: onPayAndQuery({ kind: 'altered', how: 'blankKey' }) },
  { number: 206, name: 'otherTypes', says: 'paid; numbers where the document has strings, strings where it has numbers', payer: pays, faults: onPayAndQuery({ kind: 'altered', how: 'otherTypes' }) },
  { number: 207, name: 'otherNesting', says: 'paid; the data flat where it is nested, nested where it is flat', payer: pays, faults: onPayAndQuery({ kind: 'altered', how: 'otherNesting' }) },
  { number: 208, name: 'smallerNet', says: 'paid; the net amount is 0', payer: pays, faults: onPayAndQuery({ kind: 'altered', how: 'smallerNet' }) },

  // Queries.
  { number: 301, name: 'notExistFirst', parameter: 2, parameterMeans: timesParameter, says: 'paid, the answer is lost, and the first n queries don\'t know the order', payer: pays, faults: (n) => [{ call: 'pay', fault: answerLost }, { call: 'query', fault: { kind: 'says', what: 'notExist', processed: false }, times: n }] },
  { number: 302, name: 'staleQueries', parameter: 3, parameterMeans: timesParameter, says: 'paid at once, but the pay answer and the first n queries say in progress', payer: pays, faults: (n) => [{ call: 'pay', fault: { kind: 'says', what: 'inProgress', processed: true } }, { call: 'query', fault: { kind: 'says', what: 'inProgress', processed: false }, times: n }] },
  { number: 303, name: 'queriesLost', parameter: 2, parameterMeans: timesParameter, says: 'in progress, pays after 3 seconds; the first n queries are lost', payer: () => paysAfter(3), faults: (n) => [{ call: 'query', fault: { kind: 'requestLost' }, times: n }] },
  { number: 304, name: 'queriesDead', says: 'in progress, pays after 3 seconds; every query is lost', payer: () => paysAfter(3), faults: () => [{ call: 'query', fault: { kind: 'requestLost' }, times: 'always' }] },
  { number: 305, name: 'unlistedStatus', parameter: 2, parameterMeans: timesParameter, says: 'in progress, pays after 3 seconds; the first n queries answer a status that no document lists', payer: () => paysAfter(3), faults: (n) => [{ call: 'query', fault: { kind: 'altered', how: 'unlistedStatus' }, times: n }] },
  { number: 306, name: 'answersAllLost', says: 'paid; the answers to pay and to every query are lost', payer: pays, faults: () => (['pay', 'query'] as const).map((call) => ({ call, fault: answerLost, times: 'always' as const })) },

  // Cancels; at Omipay, which has none, only the payer's part is left.
  { number: 401, name: 'cancelFails', parameter: 2, parameterMeans: timesParameter, says: 'never paid; the cancel fails n times, then works', payer: ignores, faults: (n) => [{ call: 'cancel', fault: { kind: 'says', what: 'cancelError', processed: false }, times: n }] },
  { number: 402, name: 'cancelFailsAlways', says: 'never paid; the cancel fails for good', payer: ignores, faults: () => [{ call: 'cancel', fault: { kind: 'says', what: 'cancelError', processed: false }, times: 'always' }] },
  { number: 403, name: 'cancelAnswerLost', parameter: 1, parameterMeans: timesParameter, says: 'never paid; the cancel works, its first n answers are lost', payer: ignores, faults: (n) => [{ call: 'cancel', fault: answerLost, times: n }] },
  { number: 404, name: 'cancelLost', parameter: 2, parameterMeans: timesParameter, says: 'never paid; the first n cancels are lost on the way', payer: ignores, faults: (n) => [{ call: 'cancel', fault: { kind: 'requestLost' }, times: n }] },
  { number: 405, name: 'cancelSilent', says: 'never paid; the first cancel works and is never answered', payer: ignores, faults: () => [{ call: 'cancel', fault: { kind: 'silent', processed: true } }] },
  { number: 406, name: 'cancelGarbage', says: 'never paid; the first cancel works and its answer is garbage', payer: ignores, faults: () => [{ call: 'cancel', fault: { kind: 'garbage', processed: true } }] },
  { number: 407, name: 'paidDuringCancel', says: 'paid in the moment of the cancel, which undoes it', payer: ignores, faults: () => [{ call: 'cancel', fault: { kind: 'paidFirst' } }] },
  { number: 408, name: 'paidInsteadOfCancel', says: 'paid in the moment of the first cancel, which fails; a second one undoes it', payer: ignores, faults: () => [{ call: 'cancel', fault: { kind: 'paidInstead' } }] },
  { number: 409, name: 'paidAndCancelFailsAlways', says: 'paid in the moment of the first cancel; it and all later ones fail', payer: ignores, faults: () => [{ call: 'cancel', fault: { kind: 'paidInstead' } }, { call: 'cancel', fault: { kind: 'says', what: 'cancelError', processed: false }, times: 'always' }] },

  ...refundScripts,
];

/**
 * Reserved digits: one of these prefixes, the script's number in three digits, its parameter in six.
 * No code that the phone's page issues begins like one of them.
 */
const prefixes: Record<Wallet, string> = { wechat: '139000000', alipay: '289000000', unionpay: '6290000000' };

export function digitsOf(name: string, parameter = 0, wallet: Wallet = 'wechat'): string {
  const script = scripts.find((entry) => entry.name === name);
  if (script === undefined) throw new Error(`no script is called ${name}`);
  if (parameter !== 0 && script.parameter === undefined) throw new Error(`script ${name} has no parameter`);
  return prefixes[wallet] + String(script.number).padStart(3, '0') + String(parameter).padStart(6, '0');
}

/** The script that these digits play, or null where they are nobody's. */
export function scriptOf(code: string): ScriptedCode | null {
  for (const [wallet, prefix] of Object.entries(prefixes) as [Wallet, string][]) {
    if (!code.startsWith(prefix) || code.length !== prefix.length + 9) continue;
    const tail = code.slice(prefix.length);
    if (!/^\d{9}$/.test(tail)) return null;
    const script = scripts.find((entry) => entry.number === Number(tail.slice(0, 3)));
    return script === undefined ? null : cast(script, wallet, Number(tail.slice(3)));
  }
  return null;
}

/** The digits of `name`, `name:n`, or of digits themselves; null where no script is meant. */
export function digitsMeantBy(text: string): string | null {
  if (scriptOf(text) !== null) return text;
  const [name = '', parameter = '0', ...rest] = text.split(':');
  if (rest.length > 0 || !/^\d{1,6}$/.test(parameter) || !scripts.some((script) => script.name === name)) return null;
  const digits = prefixes.wechat + numberOf(name) + parameter.padStart(6, '0');
  return scriptOf(digits) === null ? null : digits;
}

function numberOf(name: string): string {
  return String(scripts.find((script) => script.name === name)?.number ?? 0).padStart(3, '0');
}

function cast(script: Script, wallet: Wallet, given: number): ScriptedCode | null {
  if (given !== 0 && script.parameter === undefined) return null;
  const parameter = given === 0 ? (script.parameter ?? 0) : given;
  return {
    name: script.name,
    wallet,
    singleUse: script.singleUse ?? false,
    payer: script.payer(parameter),
    rules: (gateway, reference, opening) => rulesOf(script.faults?.(parameter) ?? [], gateway, reference, opening),
    refundRules: (gateway, reference) => rulesOf(script.refundFaults?.(parameter, gateway) ?? [], gateway, reference, 'pay'),
    refundCourse: (gateway) => script.refundGoes?.(parameter, gateway) ?? null,
  };
}

function rulesOf(faults: readonly ScriptedFault[], gateway: GatewayId, reference: string, opening: 'pay' | 'present'): readonly Rule[] {
  return faults.map(({ call, fault, times, skip, repeat }) => ({
    match: { gateway, call: call === 'pay' ? opening : call, reference, ...(repeat === undefined ? {} : { repeat }) }, fault, times: times ?? 1, skip: skip ?? 0,
  }));
}

/** Every script by its name, and the few that are asked for most with another wallet or parameter. */
export function listCodes(): Record<string, string> {
  const codes: Record<string, string> = {};
  for (const script of scripts) codes[script.name] = digitsOf(script.name);
  codes['paidAlipay'] = digitsOf('paid', 0, 'alipay');
  codes['paidUnionpay'] = digitsOf('paid', 0, 'unionpay');
  codes['waitsAlipay'] = digitsOf('waits', 0, 'alipay');
  codes['waits20'] = digitsOf('waits', 20);
  codes['late50'] = digitsOf('waits', 50);
  codes['late120'] = digitsOf('waits', 120);
  codes['bookedLate60'] = digitsOf('bookedLate', 60);
  codes['lostThenBooked60'] = digitsOf('lostThenBooked', 60);
  codes['refundSlow60'] = digitsOf('refundInProgress', 60);
  codes['lostThenBooked90'] = digitsOf('lostThenBooked', 90);
  return codes;
}

/** For the page of the documentation and for tests: what there is to play. */
export function describeScripts(): readonly { name: string; digits: string; parameter: string; says: string }[] {
  return scripts.map((script) => ({
    name: script.name,
    digits: digitsOf(script.name),
    parameter: script.parameter === undefined ? '' : `n ${script.parameterMeans ?? ''}, ${script.parameter} unless given`,
    says: script.says,
  }));
}
