/** The desk of terminals against a gateway that forgets old keys, with Shouqianba's own bytes, also killed at every step (CASES 32). */
import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { shouqianba } from '../gateways/shouqianba/index.ts';
import { terminal } from '../gateways/shouqianba/terminal.ts';
import type { HttpTransport, Log, Secrets, WireAnswer, WireRequest, WireResult } from '../ports.ts';
import { answerOf, testAttempt, testMoment } from '../testing/gateway-answers.ts';
import { ManualClock, settle } from '../testing/manual-clock.ts';
import { TerminalDesk, type KeyedGateway } from './desk.ts';
import { filledBlock, keptKey } from './filled.ts';
import { readTerminalFile } from './store.ts';

const vendor = { appId: '2016111100000001', vendorSn: '91800129', vendorKey: 'vendor-key-0001' };
const block = { baseUrl: 'https://vsi-api.shouqianba.com', terminalSn: '100000330001', terminalKey: 'settings-key' };
const noon = Date.UTC(2026, 10, 21, 4);

/** Shouqianba as its pages contradict each other: with a check-in the old key dies at once, or the last two live. */
class Gateway {
  keys = [block.terminalKey];
  made = 0;
  seen: string[] = [];
  /** Takes a check-in signed with the key before, until the new one has signed something (FIELD: "check in again with the old key"). */
  private grace: string | null = null;
  private readonly lastTwoLive: boolean;

  constructor(lastTwoLive = false) {
    this.lastTwoLive = lastTwoLive;
  }

  answer(request: WireRequest): WireAnswer {
    const path = new URL(request.url).pathname;
    const [signer, signature] = (request.headers['authorization'] ?? '').split(' ');
    const fields = JSON.parse(new TextDecoder().decode(request.body ?? undefined));
    const isSigned = (key: string) => createHash('md5').update(request.body ?? '').update(key).digest('hex') === signature;
    this.seen.push(path);
    if (path === '/terminal/activate') {
      if (signer !== vendor.vendorSn || !isSigned(vendor.vendorKey)) return refusal('ILLEGAL_SIGN');
      if (fields.code !== '12345678') return refusal('INVALID_PARAMS');
      this.keys = [this.newKey()];
      return answerOf({ result_code: '200', biz_response: { result_code: 'ACTIVATE_SUCCESS', data: { terminal_sn: block.terminalSn, terminal_key: this.keys[0] } } });
    }
    const key = this.keys.find(isSigned) ?? null;
    if (path === '/terminal/checkin') {
      const old = key ?? (this.grace !== null && isSigned(this.grace) ? this.grace : null);
      if (old === null) return refusal('ILLEGAL_SIGN');
      const made = this.newKey();
      this.keys = this.lastTwoLive ? [made, old] : [made];
      this.grace = old;
      return answerOf({ result_code: '200', terminal_sn: block.terminalSn, terminal_key: made });
    }
    if (key === null) return refusal('ILLEGAL_SIGN');
    if (key === this.keys[0]) this.grace = null;
    return answerOf({ result_code: '200', biz_response: { result_code: 'PAY_SUCCESS' } });
  }

  /** Another till with this number checks in: none of our keys lives on. */
  checkInElsewhere(): void {
    this.keys = [this.newKey()];
    this.grace = null;
  }

  private newKey(): string {
    this.made += 1;
    return `made-key-${String(this.made).padStart(4, '0')}`;
  }
}

function refusal(error_code: string): WireAnswer {
  return answerOf({ result_code: '400', error_code, error_message: '签名错误' });
}

/** A process with its secrets: what dies at step `dies` does nothing any more, and what it had begun may or may not have happened. */
class Machine {
  readonly secrets: Secrets;
  readonly http: HttpTransport;
  readonly logged: string[] = [];
  fault: WireResult | null = null;
  writesFail = false;
  private steps = 0;
  private readonly dies: { at: number; how: 'before' | 'after' } | null;

  constructor(gateway: Gateway, disk: Map<string, Uint8Array>, dies: { at: number; how: 'before' | 'after' } | null = null) {
    this.dies = dies;
    this.secrets = {
      read: (name) => disk.get(name) ?? null,
      write: (name, value) => {
        if (this.writesFail) throw new Error('the disk is full');
        if (this.lives()) disk.set(name, value);
      },
    };
    this.http = {
      preconnect: () => undefined,
      send: async (request) => {
        const reaches = this.lives();
        if (this.fault?.kind === 'neverSent') return this.fault;
        const answer = reaches ? gateway.answer(request) : null;
        if (answer === null || this.isDead()) return new Promise<never>(() => undefined);
        return this.fault ?? { kind: 'answer', answer };
      },
    };
  }

  get count(): number {
    return this.steps;
  }

  /** True where this step still happens. */
  private lives(): boolean {
    this.steps += 1;
    return this.dies === null || this.steps < this.dies.at || (this.steps === this.dies.at && this.dies.how === 'after');
  }

  private isDead(): boolean {
    return this.dies !== null && this.steps >= this.dies.at;
  }

  readonly log: Log = {
    info: (text, fields) => void this.logged.push(`${text} ${JSON.stringify(fields)}`),
    warn: (text, fields) => void this.logged.push(`${text} ${JSON.stringify(fields)}`),
    error: (text, fields) => void this.logged.push(`${text} ${JSON.stringify(fields)}`),
  };
}

let gateway: Gateway;
let disk: Map<string, Uint8Array>;
let clock: ManualClock;
let busy: string[];

beforeEach(() => {
  gateway = new Gateway();
  disk = new Map();
  clock = new ManualClock(noon);
  busy = [];
});

const unanswered: WireResult = { kind: 'lost', reason: 'timeout', detail: '' };
const neverSent: WireResult = { kind: 'neverSent', reason: 'refused', detail: '' };

const configured = (change: object = {}): KeyedGateway => {
  const settings = shouqianba.settings.parse({ ...block, ...change });
  return { gateway: { id: 'shouqianba', terminal }, settings, identity: shouqianba.identity(settings) };
};
function start(dies: { at: number; how: 'before' | 'after' } | null = null): { desk: TerminalDesk; machine: Machine } {
  const machine = new Machine(gateway, disk, dies);
  const desk = new TerminalDesk({
    secrets: machine.secrets, http: machine.http, log: machine.log, clock, random: { bytes: (length) => new Uint8Array(length).fill(7) },
    isBusy: (_gateway, except) => busy.some((one) => one !== except),
  });
  return { desk, machine };
}
const kept = () => readTerminalFile({ read: (name) => disk.get(name) ?? null, write: () => undefined }, 'shouqianba')?.terminals[0];

/** One payment as the engine sends it: once more where the desk says that there is another key. */
async function pay({ desk, machine }: { desk: TerminalDesk; machine: Machine }, trade: string | null = 'S1', gatewayNow = configured()): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const signing = await desk.sign(gatewayNow, trade);
    const request = shouqianba.build('pay', testAttempt(), shouqianba.settings.parse(signing.settings), testMoment);
    const result = await machine.http.send(request, { connectMilliseconds: 1, answerMilliseconds: 1 });
    const answer = result.kind === 'answer' ? result.answer : null;
    const verdict = signing.landed(answer);
    if (verdict === 'otherKey' && tries === 1) continue;
    return answer !== null && terminal.keyWord(answer) === 'taken' ? 'taken' : `refused ${verdict}`;
  }
}

/** Runs what may hang for ever because its process died. */
async function run(action: Promise<unknown>): Promise<void> {
  let ended = false;
  void action.then(() => (ended = true));
  for (let turn = 0; turn < 50 && !ended; turn += 1) await settle();
}

describe('a terminal of the settings', () => {
  test('is signed with its key and never checked in by itself: another till may have it too', async () => {
    const till = start();
    expect(await pay(till)).toBe('taken');
    await till.desk.checkInIfDue(configured());
    expect(gateway.seen).toEqual(['/upay/v2/pay']);
    expect(disk.size).toBe(0);
  });
  test('a gateway without terminals is answered in the same turn', () => {
    const { desk } = start();
    const settings = { any: 1 };
    expect(desk.sign({ gateway: { id: 'bench' }, settings, identity: { origin: 'https://a.example', account: '1' } }, 'S1')).toMatchObject({ settings });
    expect(desk.sign(configured(), 'S1')).not.toBeInstanceOf(Promise);
  });
  test('case 32: a wrong key stays an answer like any other while there is but one', async () => {
    gateway.checkInElsewhere();
    const till = start();
    expect(await pay(till)).toBe('refused asItIs');
    expect(till.desk.trouble(configured())).toBe('activateAgain');
  });
});

describe('a check-in', () => {
  test('case 32: keeps both keys, durable before the new one signs', async () => {
    const till = start();
    expect(await till.desk.checkIn(configured())).toEqual({ kind: 'checkedIn' });
    expect(kept()).toMatchObject({ newest: 'made-key-0001', older: 'settings-key', newestWorked: false, checkInOpen: false });
    expect(await pay(till)).toBe('taken');
    expect(kept()).toMatchObject({ newestWorked: true, older: 'settings-key' });
    // Another process goes on with it, though the settings still hold the old key.
    expect(await pay(start())).toBe('taken');
  });
  test('case 32: comes by itself before the first trade of the next day, in China’s days, once', async () => {
    const till = start();
    await till.desk.checkIn(configured());
    await clock.pass(11 * 3600);
    await pay(till);
    expect(gateway.seen.filter((path) => path === '/terminal/checkin')).toHaveLength(1);
    await clock.pass(3600);
    await pay(till);
    await pay(till);
    expect(gateway.seen.slice(-3)).toEqual(['/terminal/checkin', '/upay/v2/pay', '/upay/v2/pay']);
  });
  test('case 32: waits while another attempt or a refund is under way, and while a request is on the wire', async () => {
    const till = start();
    busy = ['S7'];
    expect(await till.desk.checkIn(configured())).toEqual({ kind: 'busy' });
    busy = [];
    const signing = await till.desk.sign(configured(), null);
    expect(await till.desk.checkInIfDue(configured())).toBeNull();
    const waiting = till.desk.checkIn(configured());
    await settle();
    expect(gateway.made).toBe(0);
    signing.landed(null);
    signing.landed(null);
    expect(await waiting).toEqual({ kind: 'checkedIn' });
    await clock.pass(86_400);
    busy = ['S7', 'S1'];
    expect(await pay(till)).toBe('taken');
    expect(gateway.made).toBe(1);
    busy = ['S1'];
    expect(await pay(till)).toBe('taken');
    expect(gateway.made).toBe(2);
  });
  test('everything of this gateway waits for one that is out', async () => {
    const till = start();
    const checkIn = till.desk.checkIn(configured());
    expect(till.desk.checkIn(configured())).toBeInstanceOf(Promise);
    const paid = pay(till, null);
    expect([await checkIn, await paid]).toEqual([{ kind: 'checkedIn' }, 'taken']);
    expect(gateway.made).toBe(1);
  });
  test('case 32: whose answer was lost is made again when the old key is refused', async () => {
    const till = start();
    till.machine.fault = { kind: 'lost', reason: 'timeout', detail: '' };
    expect(await till.desk.checkIn(configured())).toEqual({ kind: 'unknown' });
    till.machine.fault = null;
    expect(kept()).toMatchObject({ newest: 'settings-key', checkInOpen: true });
    // The gateway knows only the key that we never got.
    expect(await pay(till)).toBe('taken');
    expect(kept()).toMatchObject({ newest: 'made-key-0002', newestWorked: true, checkInOpen: false });
  });
  test('case 32: and so is a later one, by the key that had asked for it and not by an older one', async () => {
    const till = start();
    await till.desk.checkIn(configured());
    await pay(till);
    till.machine.fault = { kind: 'lost', reason: 'timeout', detail: '' };
    expect(await till.desk.checkIn(configured())).toEqual({ kind: 'unknown' });
    till.machine.fault = null;
    expect(await pay(till, null)).toBe('taken');
    expect(kept()).toMatchObject({ newest: 'made-key-0003', older: 'made-key-0001', newestWorked: true });
  });
  test('case 32: also while a payment is open whose first request waited for it when the till died', async () => {
    const till = start();
    await till.desk.checkIn(configured());
    till.machine.fault = { kind: 'lost', reason: 'timeout', detail: '' };
    await till.desk.checkIn(configured());
    busy = ['S1'];
    const again = start();
    // Refused under the only key that it has, the question goes out again after a check-in, and not before nothing else is out.
    const other = await again.desk.sign(configured(), null);
    const signing = await again.desk.sign(configured(), null);
    expect(signing.landed(refusal('ILLEGAL_SIGN'))).toBe('otherKey');
    expect((await again.desk.sign(configured(), null)).landed(null)).toBe('asItIs');
    expect(gateway.seen.filter((path) => path === '/terminal/checkin')).toHaveLength(2);
    other.landed(null);
    expect(await pay(again, null)).toBe('taken');
    expect(kept()).toMatchObject({ checkInOpen: false, newestWorked: true });
  });
  test('that was never sent, or was refused, changed no key', async () => {
    const till = start();
    till.machine.fault = { kind: 'neverSent', reason: 'refused', detail: '' };
    expect(await till.desk.checkIn(configured())).toEqual({ kind: 'unknown' });
    expect(kept()?.checkInOpen).toBe(false);
    till.machine.fault = null;
    gateway.checkInElsewhere();
    expect(await till.desk.checkIn(configured())).toEqual({ kind: 'refused', why: 'keyRefused' });
    expect(kept()?.checkInOpen).toBe(false);
  });
  test('case 32: a lost one stays open when the next never leaves: its key is got once the network is back', async () => {
    const till = start();
    await till.desk.checkIn(configured());
    expect(await pay(till)).toBe('taken');
    await clock.pass(86_400);
    till.machine.fault = unanswered;
    await pay(till);
    till.machine.fault = neverSent;
    await clock.pass(660);
    await pay(till);
    expect(kept()).toMatchObject({ newest: 'made-key-0001', checkInOpen: true });
    till.machine.fault = null;
    await clock.pass(120);
    expect(await pay(till)).toBe('taken');
    expect(till.desk.trouble(configured())).toBeNull();
    expect(kept()).toMatchObject({ newest: 'made-key-0003', newestWorked: true, checkInOpen: false });
  });
  test('case 32: a lost one stays open when the next is refused for anything but its key', async () => {
    const till = start();
    await till.desk.checkIn(configured());
    till.machine.fault = unanswered;
    await till.desk.checkIn(configured());
    till.machine.fault = { kind: 'answer', answer: refusal('INVALID_PARAMS') };
    expect(await till.desk.checkIn(configured())).toMatchObject({ kind: 'refused' });
    expect(kept()?.checkInOpen).toBe(true);
    till.machine.fault = { kind: 'answer', answer: refusal('ILLEGAL_SIGN') };
    expect(await till.desk.checkIn(configured())).toEqual({ kind: 'refused', why: 'keyRefused' });
    expect(kept()?.checkInOpen).toBe(false);
  });
  test('case 32: refused under one key, it is made once more under the other', async () => {
    const till = start();
    await till.desk.checkIn(configured());
    gateway.keys = ['settings-key'];
    expect(await till.desk.checkIn(configured())).toEqual({ kind: 'checkedIn' });
    expect(kept()).toMatchObject({ newest: 'made-key-0002', older: 'settings-key', checkInOpen: false });
    gateway.checkInElsewhere();
    gateway.seen = [];
    expect(await till.desk.checkIn(configured())).toEqual({ kind: 'refused', why: 'keyRefused' });
    expect(gateway.seen).toEqual(['/terminal/checkin', '/terminal/checkin']);
    expect(kept()).toMatchObject({ newest: 'made-key-0002', older: 'settings-key', inUse: 'newest', checkInOpen: false });
  });
  test('is not begun where the keys can’t be kept, and a key that can’t be kept is not used', async () => {
    const till = start();
    till.machine.writesFail = true;
    expect(await till.desk.checkIn(configured())).toEqual({ kind: 'notKept' });
    expect(gateway.seen).toEqual([]);
    expect(await pay(till)).toBe('taken');
    disk.set('terminal-shouqianba', new TextEncoder().encode('{'));
    const other = start();
    expect(await other.desk.checkIn(configured())).toEqual({ kind: 'notKept' });
    expect(new TextDecoder().decode(disk.get('terminal-shouqianba'))).toBe('{');
    expect(await pay(other)).toBe('taken');
  });
});

describe('refused keys', () => {
  test('case 32: the same request goes out once under the other key, which stays in use', async () => {
    const till = start();
    await till.desk.checkIn(configured());
    // The gateway's answer was never carried out there: it still wants the old one.
    gateway.keys = ['settings-key'];
    expect(await pay(till)).toBe('taken');
    expect(kept()).toMatchObject({ inUse: 'older' });
    expect(await pay(start())).toBe('taken');
    expect(gateway.seen.filter((path) => path === '/upay/v2/pay')).toHaveLength(3);
  });
  test('case 32: both refused is said, and why: another till where one of them had worked', async () => {
    const till = start();
    await till.desk.checkIn(configured());
    await pay(till);
    gateway.checkInElsewhere();
    expect(await pay(till)).toBe('refused bothRefused');
    expect(till.desk.trouble(configured())).toBe('anotherTill');
    const never = start();
    expect(await pay(never)).toBe('refused bothRefused');
    expect(never.desk.trouble(configured())).toBe('anotherTill');
  });
  test.each([['a sale', 'made-key-0001', false], ['a sale under the older one', 'settings-key', true], ['a check-in by hand', 'made-key-0001', false]])('case 32: both refused for a moment, %s finds the one that is right', async (what, right, isOlder) => {
    const till = start();
    await till.desk.checkIn(configured());
    await pay(till);
    gateway.keys = ['nobody-has-it'];
    expect(await pay(till)).toBe('refused bothRefused');
    gateway.keys = [right];
    if (what === 'a check-in by hand') expect(await till.desk.checkIn(configured())).toEqual({ kind: 'checkedIn' });
    // The newest is tried first; where it isn't that one, the next request tries the other.
    else if (isOlder) expect(await pay(till)).toBe('refused bothRefused');
    expect([await pay(till), await pay(till)]).toEqual(['taken', 'taken']);
    expect(till.desk.trouble(configured())).toBeNull();
    expect(kept()?.inUse).toBe(isOlder ? 'older' : 'newest');
  });
  test('that take turns are not written to the disk each time', async () => {
    const till = start();
    await till.desk.checkIn(configured());
    gateway.checkInElsewhere();
    await pay(till);
    const before = disk.get('terminal-shouqianba');
    for (let sale = 0; sale < 3; sale += 1) expect(await pay(till)).toBe('refused bothRefused');
    expect(disk.get('terminal-shouqianba')).toBe(before);
  });
  test('case 32: a new activation of the same terminal ends it', async () => {
    const till = start();
    await till.desk.checkIn(configured());
    gateway.checkInElsewhere();
    expect(await pay(till)).toBe('refused bothRefused');
    expect(await till.desk.activate('shouqianba', terminal, block.baseUrl, vendor, '12345678')).toEqual({ kind: 'activated', number: block.terminalSn });
    expect(till.desk.trouble(configured())).toBeNull();
    expect(await pay(till)).toBe('taken');
  });
});

describe('an activation', () => {
  test('keeps number and key, and tells the number alone', async () => {
    const till = start();
    const result = await till.desk.activate('shouqianba', terminal, block.baseUrl, vendor, '12345678');
    expect(result).toEqual({ kind: 'activated', number: block.terminalSn });
    const file = readTerminalFile(till.machine.secrets, 'shouqianba');
    const { terminalSn: _number, terminalKey: _key, ...rest } = block;
    expect(filledBlock(rest, terminal, file)).toEqual({ ...block, terminalKey: keptKey });
    expect(filledBlock(block, terminal, file)).toEqual(block);
    expect(filledBlock({ ...rest, baseUrl: 'https://other.example' }, terminal, file)).toEqual({ ...rest, baseUrl: 'https://other.example' });
    expect(filledBlock(rest, terminal, null)).toBe(rest);
    // It is checked in before its first trade, though the settings hold another key from before.
    expect(await pay(start())).toBe('taken');
    expect(gateway.seen).toEqual(['/terminal/activate', '/terminal/checkin', '/upay/v2/pay']);
  });
  test('is the same device each time, however it ended', async () => {
    const till = start();
    till.machine.fault = { kind: 'lost', reason: 'timeout', detail: '' };
    expect(await till.desk.activate('shouqianba', terminal, block.baseUrl, vendor, '12345678')).toMatchObject({ kind: 'unknown' });
    const first = readTerminalFile(till.machine.secrets, 'shouqianba')?.deviceId;
    await start().desk.activate('shouqianba', terminal, block.baseUrl, vendor, '12345678');
    expect(readTerminalFile(till.machine.secrets, 'shouqianba')?.deviceId).toBe(first);
    expect(first).toMatch(/^scantill-[0-9a-f]{24}$/);
  });
  test('case 32: a key that is typed after it and a check-in signs, in this process and the next', async () => {
    const till = start();
    await till.desk.activate('shouqianba', terminal, block.baseUrl, vendor, '12345678');
    expect(await pay(till, 'S1', configured({ terminalKey: keptKey }))).toBe('taken');
    gateway.keys = ['typed-key-0001'];
    const typed = configured({ terminalKey: 'typed-key-0001' });
    expect(await pay(till, null, typed)).toBe('taken');
    expect(await pay(start(), null, typed)).toBe('taken');
  });
  test('a refused one says nothing of what was typed for it', async () => {
    const till = start();
    till.machine.fault = { kind: 'answer', answer: answerOf({ result_code: '400', error_code: 'INVALID_PARAMS', error_message: `激活码 12345678 已过期 (${vendor.vendorKey})` }) };
    expect(await till.desk.activate('shouqianba', terminal, block.baseUrl, vendor, '12345678')).toEqual({ kind: 'refused', why: 'codeRefused', evidence: { code: '400/INVALID_PARAMS', words: '激活码 **** 已过期 (****)' } });
  });
  test('a refused one keeps nothing', async () => {
    const till = start();
    expect(await till.desk.activate('shouqianba', terminal, block.baseUrl, vendor, '00000000')).toMatchObject({ kind: 'refused', why: 'codeRefused' });
    expect(await till.desk.activate('shouqianba', terminal, block.baseUrl, { ...vendor, vendorKey: 'wrong-key' }, '12345678')).toMatchObject({ kind: 'refused', why: 'keyRefused' });
    expect(kept()).toBeUndefined();
  });
  test('no key is in any log', async () => {
    const till = start();
    await till.desk.activate('shouqianba', terminal, block.baseUrl, vendor, '12345678');
    await till.desk.checkIn(configured());
    gateway.checkInElsewhere();
    await pay(till);
    till.machine.writesFail = true;
    await till.desk.checkIn(configured());
    const logged = till.machine.logged.join('\n');
    expect(logged).toContain('check-in');
    for (const secret of ['settings-key', 'made-key', vendor.vendorKey, '12345678']) expect(logged).not.toContain(secret);
  });
});

describe.each([['the old key dies at once', false], ['the last two keys live', true]])('killed at every step, where %s', (_name, lastTwoLive) => {
  const day = async (till: { desk: TerminalDesk; machine: Machine }): Promise<void> => {
    await till.desk.checkIn(configured());
    await pay(till);
    await clock.pass(86_400);
    await pay(till);
    await pay(till, null);
  };

  test('case 32: the next start always trades, with one request more at most', async () => {
    gateway = new Gateway(lastTwoLive);
    const whole = start();
    await day(whole);
    const steps = whole.machine.count;
    expect(steps).toBeGreaterThan(8);
    for (let at = 1; at <= steps; at += 1) {
      for (const how of ['before', 'after'] as const) {
        gateway = new Gateway(lastTwoLive);
        disk = new Map();
        clock = new ManualClock(noon);
        const killed = start({ at, how });
        await run(day(killed));
        // A kill that comes too late would prove nothing.
        expect(killed.machine.count).toBeGreaterThanOrEqual(at);
        const again = start();
        expect(await pay(again), `killed ${how} step ${at}`).toBe('taken');
        expect(await pay(again, null), `killed ${how} step ${at}`).toBe('taken');
      }
    }
  });
});
