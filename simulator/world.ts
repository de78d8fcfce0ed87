/** The simulated world as a test sees it: the books, the requests, the rules, and the payers who have not decided yet. */
import { declineToPay } from './behaviour.ts';
import type { Clock } from './clock.ts';
import { bookForeign } from './foreign.ts';
import type { ForeignOrder } from './foreign.ts';
import type { Ledger } from './ledger.ts';
import type { Courier, SentNotice } from './courier.ts';
import type { GatewaySide } from './gateways/gateway-side.ts';
import { gatewayIds } from './model.ts';
import type { Books, GatewayId, Json, LoggedRequest, Order, Refusal, Wallet } from './model.ts';
import { ruleSchema } from './rules.ts';
import type { Rule, Rules } from './rules.ts';
import { digitsMeantBy, digitsOf } from './scripts.ts';
import { payShown, shownNow } from './shown.ts';
import type { ShownDeed, ShownNow, ShownOutcome } from './shown.ts';
import { makeStatement } from './statement/statement.ts';
import type { StatementFile } from './statement/statement.ts';
import type { StatementFaults } from './statement/faults.ts';
import { refundable } from './sums.ts';

export interface World {
  readonly clock: Clock;
  /** A copy of everything booked, with totals. */
  books(): Books;
  /** One order, or null; by the shop's number. Without a gateway, of whichever has it. */
  order(reference: string, gateway?: GatewayId): Order | null;
  /** Every request that reached a gateway, in order. */
  requests(): readonly LoggedRequest[];
  /** Called after each request was logged, before it is answered. Returns a function that ends it. */
  onRequest(listener: (request: LoggedRequest) => void): () => void;
  /** Called after each change of an order. Returns a function that ends it. */
  onOrder(listener: (order: Order) => void): () => void;
  /** Comes before scripts and phone. Returns a function that removes it. */
  addRule(rule: Rule): () => void;
  /** Removes every rule that was added here. */
  clearRules(): void;
  /** The payer of a waiting order pays now. False if it isn't waiting. */
  confirm(reference: string, gateway?: GatewayId): boolean;
  /** The payer of a waiting order doesn't pay. False if it isn't waiting. */
  refuse(reference: string, reason?: Refusal, gateway?: GatewayId): boolean;
  /** Refunds a paid order behind the till's back, as somebody in the merchant's back office. False where so much can't be refunded. */
  refundElsewhere(reference: string, amount: number, gateway?: GatewayId): boolean;
  /** Books an order that no till of ours made, and returns a copy. Null where its reference is taken. */
  bookForeign(order: ForeignOrder): Order | null;
  /** The statement file of one day, by the gateway's clock (YYYY-MM-DD). Null where the day has too few rows for the faults, or nobody has seen this gateway's files. */
  statement(gateway: GatewayId, day: string, faults?: StatementFaults): StatementFile | null;
  /** Every shown order that could be paid now, newest first. */
  shown(): readonly ShownNow[];
  /** A payer scans a shown QR code by its content and pays, or does something else. */
  payShown(qr: string, does?: ShownDeed, wallet?: Wallet): ShownOutcome;
  /** The payer who pays whatever a till lets him: every order that waits, scanned and shown. Returns their references, oldest first. */
  payAllWaiting(): readonly string[];
  /** The next shown order that matches plays this script: a name, `name:n`, or digits. */
  playNextShown(script: string, match?: NonNullable<Rule['match']>): () => void;
  /** What the gateways told the shop by themselves, in order. */
  notifications(): readonly SentNotice[];
  /** Called when a try of a notification has ended. Returns a function that ends it. */
  onNotification(listener: (notice: SentNotice) => void): () => void;
  /** Sends the last notification of an order once more. False where there was none. */
  notifyAgain(reference: string, gateway?: GatewayId): boolean;
  /** A control call of one gateway alone; null where it has none of that name. */
  control(gateway: GatewayId, name: string, body: unknown): { readonly status: number; readonly json: Json } | null;
  /** The digits of a script with its parameter, for any wallet. */
  code(name: string, parameter?: number, wallet?: Wallet): string;
}

/** Enough for any test; a training day must not fill the memory. */
const longestLog = 10_000;

export class RequestLog {
  readonly #entries: LoggedRequest[] = [];
  readonly #listeners = new Set<(request: LoggedRequest) => void>();

  add(entry: LoggedRequest): void {
    this.#entries.push(entry);
    if (this.#entries.length > longestLog) this.#entries.shift();
    for (const listener of this.#listeners) listener(entry);
  }

  all(): readonly LoggedRequest[] {
    return [...this.#entries];
  }

  onAdd(listener: (request: LoggedRequest) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

export interface WorldParts {
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly rules: Rules;
  readonly log: RequestLog;
  readonly courier: Courier;
  readonly sides: readonly GatewaySide[];
}

export function makeWorld({ clock, ledger, rules, log, courier, sides }: WorldParts): World {
  function find(reference: string, gateway?: GatewayId): Order | null {
    if (gateway !== undefined) return ledger.find(gateway, reference);
    return gatewayIds.map((id) => ledger.find(id, reference)).find((order) => order !== null) ?? null;
  }

  function addRule(rule: Rule): () => void {
    const parsed = ruleSchema.parse(rule);
    if (parsed.plays !== undefined && digitsMeantBy(parsed.plays) === null) throw new Error(`no script is called ${parsed.plays}`);
    return rules.add('test', parsed);
  }

  return {
    clock,
    books: () => ledger.books(),
    order(reference, gateway) {
      const order = find(reference, gateway);
      return order === null ? null : structuredClone(order);
    },
    requests: () => log.all(),
    onRequest: (listener) => log.onAdd(listener),
    onOrder: (listener) => ledger.onChange(listener),
    addRule,
    clearRules: () => rules.clear('test'),
    confirm(reference, gateway) {
      const order = find(reference, gateway);
      if (order?.state !== 'waiting') return false;
      ledger.charge(order);
      return true;
    },
    refuse(reference, reason = 'payerCancelled', gateway) {
      const order = find(reference, gateway);
      if (order?.state !== 'waiting') return false;
      declineToPay(order, reason, ledger);
      return true;
    },
    refundElsewhere(reference, amount, gateway) {
      const order = find(reference, gateway);
      if (order === null || (order.state !== 'paid' && order.state !== 'partlyRefunded') || amount > refundable(order)) return false;
      ledger.moveRefund(order, ledger.refund(order, 'back-office', amount, 'back-office'), 'closed');
      return true;
    },
    bookForeign(given) {
      const order = bookForeign(ledger, clock.wall(), given);
      return order === null ? null : structuredClone(order);
    },
    statement: (gateway, day, faults) => makeStatement(ledger.books().orders, gateway, day, clock.wall(), faults),
    shown: () => shownNow(ledger),
    payShown: (qr, does = 'pays', wallet) => payShown(ledger, ledger.findShown(qr), does, wallet),
    payAllWaiting: () =>
      ledger.waiting().map((order) => {
        ledger.charge(order);
        return order.reference;
      }),
    playNextShown: (script, match = {}) => addRule({ match: { ...match, call: 'present' }, plays: script }),
    notifications: () => courier.all(),
    onNotification: (listener) => courier.onEnd(listener),
    notifyAgain(reference, gateway) {
      const order = find(reference, gateway);
      return order !== null && courier.again(order.gateway, reference);
    },
    control: (gateway, name, body) => sides.find((side) => side.id === gateway)?.control?.(name, body) ?? null,
    code: (name, parameter = 0, wallet = 'wechat') => digitsOf(name, parameter, wallet),
  };
}
