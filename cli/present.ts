/** `till present`: shows a code that the customer scans, and prints how it ends; what nobody paid is closed behind it. */
import { randomUUID } from 'node:crypto';
import { message, messageText, type Message } from '../core/contract/messages.ts';
import type { Locale, PaymentView, PresentReply, Wallet } from '../core/contract/types.ts';
import type { OpenTill } from '../host/assemble.ts';
import { amountOf } from './amount.ts';
import { charge } from './charge.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import type { Output } from './output.ts';

export interface PresentOptions {
  readonly gateway: string;
  readonly amount: string;
  readonly wallet?: string | undefined;
  readonly ref?: string | undefined;
  readonly again?: boolean | undefined;
}

const wallets: readonly Wallet[] = ['wechat', 'alipay', 'unionpay', 'other'];

/** After its time a code gets this long to be closed; then the command ends with what is known (DESIGN.md 7). */
const afterPresentSeconds = 75;
/** Of which the receipt and the closing of everything may need so much. */
const closingSeconds = 8;

export async function present(opened: OpenTill, options: PresentOptions, output: Output, interrupted: Promise<void>): Promise<number> {
  const { till, configuration } = opened;
  const { locale } = configuration.store;
  const configured = configuration.gateways.get(options.gateway);
  if (configured === undefined) throw wrongUsage(message('gatewayNotSet', { gateway: options.gateway }), locale);
  const amount = amountOf(options.amount, configured.maximumAmount.currency, locale);
  if (options.ref === '') throw new CommandEnd(exitCodes.wrongUsage, '--ref: an order number has at least one character');
  const wallet = options.wallet === undefined ? undefined : walletNamed(options.wallet);

  const begin = async (): Promise<PaymentView> => {
    const reply = await till.call('present', {
      commandId: randomUUID(), amount, gateway: options.gateway, wallet, saleRef: options.ref, assurances: options.again === true ? ['chargeAgain'] : [],
    });
    return started(reply, till.status().phase === 'stopped', locale);
  };
  return charge(opened, { begin, limitSeconds: configured.presentPolicy.deadlineSeconds + afterPresentSeconds - closingSeconds }, output, interrupted);
}

function walletNamed(text: string): Wallet {
  const wallet = wallets.find((name) => name === text.toLowerCase());
  if (wallet === undefined) throw new CommandEnd(exitCodes.wrongUsage, `--wallet: one of ${wallets.join(', ')}`);
  return wallet;
}

function started(reply: PresentReply, stopped: boolean, locale: Locale): PaymentView {
  switch (reply.kind) {
    case 'started':
      return reply.payment;
    case 'refused':
      throw stopped ? new CommandEnd(exitCodes.journal, messageText(reply.message, locale)) : wrongUsage(reply.message, locale);
    case 'askSameCustomer':
      // A question for a screen: the command line names its sale and isn't asked.
      throw new Error(`a question for a screen reached the command line: ${reply.kind}`);
  }
}

function wrongUsage(said: Message, locale: Locale): CommandEnd {
  return new CommandEnd(exitCodes.wrongUsage, messageText(said, locale));
}
