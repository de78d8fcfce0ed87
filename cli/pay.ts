/** `till pay`: charges a scanned code and prints how it ends, whatever the network does meanwhile. */
import { randomUUID } from 'node:crypto';
import { message, messageText, type Message } from '../core/contract/messages.ts';
import type { PaymentView, PayReply } from '../core/contract/types.ts';
import { commandLineCodeDigits, isPaymentCode } from '../core/scan/codes.ts';
import type { OpenTill } from '../host/assemble.ts';
import { amountOf } from './amount.ts';
import { charge } from './charge.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import type { Output } from './output.ts';

export interface PayOptions {
  readonly gateway: string;
  readonly amount: string;
  readonly code: string;
  readonly ref?: string | undefined;
  readonly again?: boolean | undefined;
}

/** After the deadline a reversal gets this long to be confirmed; then the command ends with what is known (DESIGN.md 7). */
const afterDeadlineSeconds = 75;
/** Of which the receipt and the closing of everything may need so much. */
const closingSeconds = 8;

export async function pay(opened: OpenTill, options: PayOptions, output: Output, interrupted: Promise<void>): Promise<number> {
  const { till, configuration } = opened;
  const { locale } = configuration.store;
  const refuse = (said: Message): CommandEnd => new CommandEnd(exitCodes.wrongUsage, messageText(said, locale));
  const configured = configuration.gateways.get(options.gateway);
  if (configured === undefined) throw refuse(message('gatewayNotSet', { gateway: options.gateway }));
  const amount = amountOf(options.amount, configured.maximumAmount.currency, locale);
  if (!isPaymentCode(options.code, commandLineCodeDigits, null)) throw refuse(message('codeFormat', { n: `${commandLineCodeDigits.least}–${commandLineCodeDigits.most}` }));
  if (options.ref === '') throw new CommandEnd(exitCodes.wrongUsage, '--ref: an order number has at least one character');
  if (!configured.gateway.capabilities.cpm) throw refuse(message('walletNotTaken'));

  const limitSeconds = configured.policy.deadlineSeconds + afterDeadlineSeconds - closingSeconds;
  const begin = async (): Promise<PaymentView> => {
    const scan = till.holdCode(options.code, null, true);
    if (scan.kind !== 'paymentCode') throw refuse('message' in scan ? scan.message : message('notAPaymentCode'));
    const reply = await till.call('pay', {
      commandId: randomUUID(), scanId: scan.scanId, amount, gateway: options.gateway, saleRef: options.ref,
      assurances: options.again === true ? ['chargeAgain'] : [],
    });
    return started(reply, till.status().phase === 'stopped', locale);
  };
  return charge(opened, { begin, limitSeconds }, output, interrupted);
}

function started(reply: PayReply, stopped: boolean, locale: 'zh-CN' | 'en'): PaymentView {
  switch (reply.kind) {
    case 'started':
      return reply.payment;
    case 'refused':
      throw new CommandEnd(stopped ? exitCodes.journal : exitCodes.wrongUsage, messageText(reply.message, locale));
    case 'codeOpen':
    case 'askCodePaid':
      throw new CommandEnd(exitCodes.wrongUsage, messageText(reply.message, locale));
    case 'askSameCustomer':
    case 'askSameCodeFailed':
      // Questions for a screen: the command line names its sale and isn't asked.
      throw new Error(`a question for a screen reached the command line: ${reply.kind}`);
  }
}
