/** Shouqianba's terminals: which exist, which of their keys sign, and how activation and check-in hand out new ones. */
import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';

export interface ShouqianbaAccount {
  readonly terminalSn: string;
  readonly terminalKey: string;
}

export interface ShouqianbaVendor {
  readonly appId: string;
  readonly vendorSn: string;
  readonly vendorKey: string;
  /** Activates a few terminals, for seven days. */
  readonly activationCode: string;
}

/** One page says that the key before dies with a check-in, another that the last two are valid. */
export type OldKey = 'dies' | 'lives';

interface Terminal {
  readonly sn: string;
  /** Null for the one that the settings name: nobody activated it. */
  deviceId: string | null;
  /** Null until it signs: an earlier run of the simulator may have given it any. */
  keyNumber: number | null;
  /** Whether the newest key has signed something. */
  newKeyUsed: boolean;
}

interface ActivationCode {
  usesLeft: number;
  readonly until: number;
}

const codeLifeMilliseconds = 7 * 86_400_000;
export const usualUses = 3;
/** More check-ins than a training lasts days. */
const mostKeys = 500;
const activatedPattern = /^SIMULATOR1\d{5}$/;

export class Terminals {
  readonly #clock: Clock;
  readonly #account: ShouqianbaAccount;
  readonly #vendor: ShouqianbaVendor;
  readonly #terminals = new Map<string, Terminal>();
  readonly #codes = new Map<string, ActivationCode>();
  oldKey: OldKey = 'dies';

  constructor(clock: Clock, account: ShouqianbaAccount, vendor: ShouqianbaVendor) {
    this.#clock = clock;
    this.#account = account;
    this.#vendor = vendor;
    this.#terminals.set(account.terminalSn, { sn: account.terminalSn, deviceId: null, keyNumber: null, newKeyUsed: true });
    this.addCode(vendor.activationCode, usualUses);
  }

  /** `unknown`: no such terminal or vendor. `bad`: not signed with a key that is good now. */
  verify(sn: string, signature: string, body: Buffer, call: string): 'good' | 'bad' | 'unknown' {
    if (call === 'activate') {
      if (sn !== this.#vendor.vendorSn) return 'unknown';
      return signature === signBody(body, this.#vendor.vendorKey) ? 'good' : 'bad';
    }
    const terminal = this.#find(sn);
    if (terminal === null) return 'unknown';
    terminal.keyNumber ??= this.#numberThatSigned(sn, signature, body);
    const number = terminal.keyNumber;
    if (number === null) return 'bad';
    if (signature === signBody(body, this.#key(sn, number))) {
      terminal.newKeyUsed = true;
      return 'good';
    }
    if (number === 0 || signature !== signBody(body, this.#key(sn, number - 1))) return 'bad';
    // A check-in whose answer was lost must be possible again, or the terminal is lost with it.
    return this.oldKey === 'lives' || (call === 'checkin' && !terminal.newKeyUsed) ? 'good' : 'bad';
  }

  knows(sn: string): boolean {
    return this.#find(sn) !== null;
  }

  /** Whether this device may check in as that terminal. */
  isDeviceOf(sn: string, deviceId: string): boolean {
    const bound = this.#find(sn)?.deviceId ?? null;
    return bound === null || bound === deviceId;
  }

  /** The next key of a terminal; the one before it dies or lives on, as `oldKey` says. */
  rotate(sn: string): string {
    const terminal = this.#find(sn);
    if (terminal === null) throw new Error(`no terminal is called ${sn}`);
    terminal.keyNumber = (terminal.keyNumber ?? 0) + 1;
    terminal.newKeyUsed = false;
    return this.#key(sn, terminal.keyNumber);
  }

  /** Why a code activates nothing, or null. */
  refusesCode(appId: string, code: string): string | null {
    const found = this.#codes.get(code);
    if (appId !== this.#vendor.appId) return 'app_id不存在';
    if (found === undefined) return '激活码不存在';
    if (this.#clock.wall() > found.until) return '激活码已过期';
    return found.usesLeft > 0 ? null : '激活码使用次数已用完';
  }

  /** The same device keeps its terminal number and gets a new key. */
  activate(code: string, deviceId: string): { readonly terminalSn: string; readonly terminalKey: string } {
    const found = this.#codes.get(code);
    if (found !== undefined) found.usesLeft -= 1;
    const known = [...this.#terminals.values()].find((terminal) => terminal.deviceId === deviceId);
    if (known !== undefined) return { terminalSn: known.sn, terminalKey: this.rotate(known.sn) };
    const sn = `SIMULATOR1${String(this.#terminals.size).padStart(5, '0')}`;
    this.#terminals.set(sn, { sn, deviceId, keyNumber: 0, newKeyUsed: false });
    return { terminalSn: sn, terminalKey: this.#key(sn, 0) };
  }

  addCode(code: string, uses: number): void {
    this.#codes.set(code, { usesLeft: uses, until: this.#clock.wall() + codeLifeMilliseconds });
  }

  #find(sn: string): Terminal | null {
    const known = this.#terminals.get(sn);
    if (known !== undefined) return known;
    if (!activatedPattern.test(sn)) return null;
    const earlier: Terminal = { sn, deviceId: null, keyNumber: null, newKeyUsed: true };
    this.#terminals.set(sn, earlier);
    return earlier;
  }

  /** Keys are derived, so that one which a till has kept outlives a restart of the simulator. */
  #key(sn: string, number: number): string {
    if (number === 0 && sn === this.#account.terminalSn) return this.#account.terminalKey;
    return createHash('md5').update(`${this.#account.terminalKey}/${sn}/${number}`).digest('hex');
  }

  #numberThatSigned(sn: string, signature: string, body: Buffer): number | null {
    for (let number = 0; number < mostKeys; number += 1) {
      if (signature === signBody(body, this.#key(sn, number))) return number;
    }
    return null;
  }
}

/** Section 2: the signature is over the body's bytes. */
function signBody(body: Buffer, key: string): string {
  return createHash('md5').update(body).update(key).digest('hex');
}
