/** The payers: their wallets with real balances, the codes on their phones, and what they do when the phone asks them. */
import type { VirtualTime } from '../clock.ts';
import type { SeededRandom } from '../random.ts';

export interface Payer {
  readonly id: string;
  /** Decides the prefix of the codes, and so the till's routing. */
  readonly wallet: 'wechat' | 'alipay' | 'unionpay';
  readonly balanceAtFirst: number;
  balanceMinor: number;
}

interface ShownCode {
  readonly payer: Payer;
  readonly expiresAt: number;
  /** The order that used it up; codes are single-use everywhere. */
  usedBy: string | null;
}

const codeLivesMilliseconds = 120_000;
/** By these two digits a code is told from most other long numbers. */
export const codePrefixes: ReadonlySet<string> = new Set(['13', '28', '62']);
/** By each wallet's published prefix and length. */
const codeForms = { wechat: { prefix: '13', digits: 16 }, alipay: { prefix: '28', digits: 16 }, unionpay: { prefix: '62', digits: 17 } } as const;

export class Payers {
  readonly all: Payer[] = [];
  readonly codes = new Map<string, ShownCode>();
  readonly #time: VirtualTime;
  readonly #random: SeededRandom;

  constructor(time: VirtualTime, random: SeededRandom) {
    this.#time = time;
    this.#random = random;
  }

  newPayer(balanceMinor: number): Payer {
    const wallet = this.#random.weighted({ wechat: 5, alipay: 4, unionpay: 1 });
    const payer: Payer = { id: `payer-${this.all.length + 1}-${this.#random.digits(10)}`, wallet, balanceAtFirst: balanceMinor, balanceMinor };
    this.all.push(payer);
    return payer;
  }

  /** A fresh code on the payer's phone. */
  showCode(payer: Payer): string {
    const { prefix, digits } = codeForms[payer.wallet];
    const code = prefix + this.#random.digits(digits);
    this.codes.set(code, { payer, expiresAt: this.#time.now + codeLivesMilliseconds, usedBy: null });
    return code;
  }

  /** Whose code it is, for this order; or why it can't be used. */
  useCode(code: string, order: string): Payer | 'unknown' | 'expired' | 'used' {
    const shown = this.codes.get(code);
    if (shown === undefined) return 'unknown';
    if (shown.usedBy !== null && shown.usedBy !== order) return 'used';
    if (shown.expiresAt < this.#time.now) return 'expired';
    shown.usedBy = order;
    return shown.payer;
  }
}
