/** The payment codes that exist in this simulator: scripted ones, and those that the phone's page has issued. */
import type { Behaviour } from './behaviour.ts';
import type { Clock } from './clock.ts';
import { randomDigits } from './ledger.ts';
import type { GatewayId, Wallet } from './model.ts';
import type { RefundCourse } from './refund-course.ts';
import type { Rule } from './rules.ts';
import { scriptOf } from './scripts.ts';

/** A phone draws a new code every minute; the one before still works for another. */
const phoneCodeLifeMilliseconds = 120_000;

interface PhoneCode {
  readonly wallet: Wallet;
  readonly issuedAt: number;
}

/** What a gateway learns from a code: whose it is and how its owner behaves. */
export interface CodeReading {
  readonly wallet: Wallet;
  readonly payer: string;
  readonly behaviour: Behaviour;
  readonly rules: readonly Rule[];
}

export class CodeBook {
  readonly #clock: Clock;
  readonly #phoneBehaviour: () => Behaviour;
  readonly #phoneCodes = new Map<string, PhoneCode>();
  readonly #used = new Set<string>();

  constructor(clock: Clock, phoneBehaviour: () => Behaviour) {
    this.#clock = clock;
    this.#phoneBehaviour = phoneBehaviour;
  }

  issue(wallet: Wallet): string {
    const code = freshDigits[wallet]();
    this.#phoneCodes.set(code, { wallet, issuedAt: this.#clock.monotonic() });
    return code;
  }

  isIssued(code: string): boolean {
    return this.#phoneCodes.has(code) || scriptOf(code) !== null;
  }

  isPhoneCode(code: string): boolean {
    return this.#phoneCodes.has(code);
  }

  isUsed(code: string): boolean {
    return this.#used.has(code);
  }

  /** A wallet's code serves one order, from the moment in which a gateway took it, paid or not. */
  use(code: string): void {
    if (this.#phoneCodes.has(code) || scriptOf(code)?.singleUse === true) this.#used.add(code);
  }

  /** How the owner of this code behaves towards this order. `override` comes from a test's rule. */
  read(code: string, gateway: GatewayId, reference: string, override: Behaviour | null): CodeReading {
    const script = scriptOf(code);
    const phone = this.#phoneCodes.get(code);
    const wallet = script?.wallet ?? phone?.wallet ?? walletByPrefix(code);
    return {
      wallet,
      payer: payerOf(wallet, script === null ? 'phone' : 'script'),
      behaviour: override ?? this.#behaviourOf(code),
      rules: script?.rules(gateway, reference, 'pay') ?? [],
    };
  }

  /** The faults that begin with the first refund of an order with this code. */
  refundRules(code: string, gateway: GatewayId, reference: string): readonly Rule[] {
    return scriptOf(code)?.refundRules(gateway, reference) ?? [];
  }

  /** How refunds of an order with this code go on; null where the code doesn't say. */
  refundCourse(code: string, gateway: GatewayId): RefundCourse | null {
    return scriptOf(code)?.refundCourse(gateway) ?? null;
  }

  #behaviourOf(code: string): Behaviour {
    const script = scriptOf(code);
    if (script === null && !this.#phoneCodes.has(code)) return [{ after: 0, does: 'badCode' }];
    if (this.#used.has(code)) return [{ after: 0, does: 'used' }];
    if (script !== null) return script.payer;
    const age = this.#clock.monotonic() - (this.#phoneCodes.get(code)?.issuedAt ?? 0);
    return age > phoneCodeLifeMilliseconds ? [{ after: 0, does: 'expired' }] : this.#phoneBehaviour();
  }
}

/** The second digits avoid the scripts' reserved ranges (1390…, 2890…, 6290…). */
const freshDigits: Record<Wallet, () => string> = {
  wechat: () => `134${randomDigits(15)}`,
  alipay: () => `282${randomDigits(15)}`,
  unionpay: () => `621${randomDigits(16)}`,
};

/** By the prefixes that the wallets publish; the simulator has to name some wallet for any digits. */
function walletByPrefix(code: string): Wallet {
  if (/^(2[5-9]|30)\d{14,22}$/.test(code)) return 'alipay';
  return /^62\d{17}$/.test(code) ? 'unionpay' : 'wechat';
}

/** The payer's name at the wallet; a stranger is whoever paid at another till. */
export function payerOf(wallet: Wallet, who: 'phone' | 'script' | 'stranger'): string {
  const tail = { phone: '1', script: '2', stranger: '3' }[who];
  return { wechat: `oSimulatedPayer0000000000000${tail}`, alipay: `208800000000000${tail}`, unionpay: `620000000000000000${tail}` }[wallet];
}
