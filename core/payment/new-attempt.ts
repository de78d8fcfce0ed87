/** The first row of an attempt: everything that is fixed about it before anything is sent. */
import type { Instant, PersonName, Wallet } from '../contract/types.ts';
import type { Direction } from '../gateways/gateway.ts';
import { shownWallets } from '../gateways/shown-wallets.ts';
import type { Amount } from '../money/amount.ts';
import type { Monotonic, Random } from '../ports.ts';
import type { AttemptCreated, AttemptTraits, EventTime } from './events.ts';
import type { Payment } from './payment.ts';
import type { PaymentPolicy } from './policy.ts';
import { makeReference, numberBy, referenceRules } from './reference.ts';
import type { ConfiguredGateway } from './runner.ts';

/** A sale that may be charged. */
export interface Sale {
  readonly commandId: string;
  readonly amount: Amount;
  readonly saleRef: string | null;
  /** The payment that this is a new attempt of; null for a new one. */
  readonly before: Payment | null;
  readonly configured: ConfiguredGateway;
  readonly way: Way;
}

/** How the customer pays it: `codeHash` and `last4` are of the code in hand, never the code itself (money rule 9). */
export type Way =
  | { readonly direction: 'scan'; readonly wallet: Wallet; readonly codeHash: string | null; readonly last4: string; readonly scanned: Monotonic }
  /** `showFor` null leaves the wallet to the gateway's settings. */
  | { readonly direction: 'show'; readonly showFor: Wallet | null };

/** What the till adds of its own. */
export interface AttemptMakerPorts {
  readonly random: Random;
  readonly terminalId: string;
  /** What the payer sees as the subject of the charge. */
  readonly subject: string;
  time(): EventTime;
  /** Day and hour of the shop, and a new short number. */
  today(at: Instant): { readonly day: string; readonly hour: number };
  newNumber(day: string): string;
  /** Who stands at the till, and what the gateway is told of them. */
  operator(): { readonly by: PersonName; readonly operator: string };
}

/** Our order number there is new in every attempt; number and sale stay those of the payment. */
export function newAttempt(sale: Sale, ports: AttemptMakerPorts): AttemptCreated {
  const { random, terminalId, subject } = ports;
  const { configured, before, way } = sale;
  const time = ports.time();
  const { day, hour } = ports.today(time.wall);
  const first = before?.attempts[0]?.created;
  return {
    type: 'attemptCreated', rules: 2, time, day, hour,
    attemptRef: numberBy(referenceRules(configured).order, random),
    paymentId: before?.paymentId ?? makeReference(random, 20),
    firstAttempt: before === null,
    number: first?.number ?? ports.newNumber(day),
    saleRef: first?.saleRef ?? sale.saleRef,
    commandId: sale.commandId,
    amount: sale.amount,
    gateway: configured.gateway.id,
    identity: configured.identity,
    ...rulesOf(configured, way.direction),
    ...payerOf(way, time),
    ...(way.direction === 'show' ? { shownWallets: way.showFor === null ? shownWallets(configured.gateway, configured.settings) : [way.showFor] } : {}),
    subject, ...ports.operator(), terminalId,
  };
}

function rulesOf({ gateway, policy, presentPolicy }: ConfiguredGateway, direction: Direction): { readonly traits: AttemptTraits; readonly policy: PaymentPolicy } {
  const { queryBy, reverse, repeatPayWithinSeconds, present } = gateway.capabilities;
  if (direction === 'scan') return { traits: { queryBy, reverse, repeatPayWithinSeconds }, policy };
  if (present === null) throw new Error(`${gateway.id} shows no codes`);
  return { traits: { queryBy: present.queryBy, reverse: present.reverse, repeatPayWithinSeconds: null }, policy: presentPolicy };
}

function payerOf(way: Way, time: EventTime): Pick<AttemptCreated, 'direction' | 'showFor' | 'codeHash' | 'last4' | 'wallet' | 'scanned'> {
  if (way.direction === 'scan') return { ...way, showFor: null };
  return { direction: 'show', showFor: way.showFor, codeHash: null, last4: null, wallet: way.showFor ?? 'other', scanned: time.monotonic };
}
