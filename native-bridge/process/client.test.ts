/** Tests of the host's end: restarts, jobs in flight at a death (CASES 40), a hanging child, and an empty configuration. */
import { describe, expect, it } from 'vitest';
import type { DeviceEvent, PrintResult } from '../../core/ports.ts';
import type { ReceiptDocument } from '../../core/receipt/document.ts';
import { createManualClock, silentLog } from '../testing/recorder.ts';
import { startDevices, type ChildHandle } from './client.ts';
import type { DevicesSettings, MessageToDevices, MessageToHost } from './messages.ts';

const settings: DevicesSettings = { scanners: [{ type: 'hid' }], printer: { type: 'tcp', host: '127.0.0.1', port: 9100, columns: 48, encoding: 'gb18030' } };
const receipt: ReceiptDocument = { blocks: [{ type: 'cut' }] };

class FakeChild implements ChildHandle {
  readonly sent: MessageToDevices[] = [];
  isKilled = false;
  #onMessage: (message: unknown) => void = () => undefined;
  #onExit: () => void = () => undefined;
  postMessage(message: MessageToDevices): void {
    this.sent.push(message);
  }
  onMessage(listener: (message: unknown) => void): void {
    this.#onMessage = listener;
  }
  onExit(listener: () => void): void {
    this.#onExit = listener;
  }
  kill(): void {
    this.isKilled = true;
  }
  say(message: MessageToHost): void {
    this.#onMessage(message);
  }
  sayAnything(message: unknown): void {
    this.#onMessage(message);
  }
  die(): void {
    this.#onExit();
  }
  types(): readonly string[] {
    return this.sent.map((message) => message.type);
  }
}

function createDesk(initial: DevicesSettings = settings) {
  const clock = createManualClock();
  const children: FakeChild[] = [];
  const events: DeviceEvent[] = [];
  const devices = startDevices({
    clock,
    log: silentLog,
    settings: initial,
    spawn() {
      const child = new FakeChild();
      children.push(child);
      return child;
    },
  });
  devices.onEvent((event) => events.push(event));
  const child = (index: number): FakeChild => {
    const found = children[index];
    if (found === undefined) throw new Error(`child ${index} was not started`);
    return found;
  };
  return { clock, children, child, events, devices };
}

describe('the devices client', () => {
  it('configures the child when it runs, hands jobs over then, and passes results and events on', async () => {
    const { child, devices, events } = createDesk();
    const result = devices.print('receipt-1', receipt);
    expect(child(0).sent).toEqual([]);
    child(0).say({ type: 'running' });
    expect(child(0).sent).toEqual([
      { type: 'configure', settings },
      { type: 'print', jobNumber: 1, jobId: 'receipt-1', document: receipt },
    ]);
    child(0).say({ type: 'event', event: { type: 'scan', scannerId: 'hid', text: '134', symbology: null } });
    child(0).say({ type: 'printResult', jobNumber: 1, result: { kind: 'printed' } });
    expect(await result).toEqual({ kind: 'printed' });
    expect(events).toEqual([
      { type: 'devices', state: 'running' },
      { type: 'scan', scannerId: 'hid', text: '134', symbology: null },
    ]);
  });

  it('CASES 40: at a death, jobs that the child had are interrupted, and the others have not begun', async () => {
    const handed = createDesk();
    handed.child(0).say({ type: 'running' });
    const interrupted = handed.devices.print('a', receipt);
    handed.child(0).die();
    expect(await interrupted).toMatchObject({ kind: 'interrupted' });
    expect(await handed.devices.print('b', receipt)).toMatchObject({ kind: 'notBegun', problem: 'unreachable' });

    const waiting = createDesk();
    const notBegun = waiting.devices.print('c', receipt);
    waiting.child(0).die();
    expect(await notBegun).toMatchObject({ kind: 'notBegun' });
  });

  it('restarts with growing pauses, and with the shortest again after a good run', async () => {
    const { clock, child, children, events } = createDesk();
    const pauses = [250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000];
    for (const [index, pause] of pauses.entries()) {
      child(index).die();
      await clock.advance(pause - 1);
      expect(children).toHaveLength(index + 1);
      await clock.advance(1);
      expect(children).toHaveLength(index + 2);
    }
    const last = child(pauses.length);
    last.say({ type: 'running' });
    for (let second = 0; second < 40; second += 5) {
      await clock.advance(5_000);
      last.say({ type: 'pong' });
    }
    last.die();
    await clock.advance(250);
    expect(children).toHaveLength(pauses.length + 2);
    expect(events.filter((event) => event.type === 'devices' && event.state === 'restarting')).toHaveLength(9);
  });

  it('kills and restarts a child that hangs, also while starting', async () => {
    const { clock, child, children } = createDesk();
    await clock.advance(20_250);
    expect(child(0).isKilled).toBe(true);
    child(1).say({ type: 'running' });
    await clock.advance(15_000);
    expect(child(1).isKilled).toBe(false);
    child(1).say({ type: 'pong' });
    await clock.advance(15_000);
    expect(child(1).isKilled).toBe(false);
    await clock.advance(5_000);
    expect(child(1).isKilled).toBe(true);
    // Its exit comes later, and means nothing any more.
    child(1).die();
    await clock.advance(500);
    expect(children).toHaveLength(3);
  });

  it('drops what it does not understand, and answers to nobody', () => {
    const { child, events } = createDesk();
    for (const message of [null, 1, 'x', {}, { type: 'event', event: { type: 'scan' } }, { type: 'printResult', jobNumber: 7, result: { kind: 'printed' } }]) {
      child(0).sayAnything(message);
    }
    expect(events).toEqual([]);
  });

  it('a document that no printer could take is answered here', async () => {
    const { devices } = createDesk();
    const endless: ReceiptDocument = { blocks: [{ type: 'text', text: 'x'.repeat(30_000), align: 'left', bold: false, size: 1 }] };
    expect(await devices.print('x', endless)).toMatchObject({ kind: 'notBegun', problem: 'error' });
  });

  it('an empty configuration starts nothing and works; a later one starts the child', async () => {
    const { child, children, devices } = createDesk({ scanners: [], printer: null });
    expect(children).toHaveLength(0);
    expect(await devices.print('x', receipt)).toMatchObject({ kind: 'notBegun', problem: 'absent' });
    devices.configure(settings);
    child(0).say({ type: 'running' });
    devices.configure({ ...settings, scanners: [] });
    expect(child(0).types()).toEqual(['configure', 'configure']);
    devices.configure({ scanners: [], printer: null });
    expect(child(0).types()).toHaveLength(3);
  });

  it('closing asks first and kills after a limit; jobs get their answer', async () => {
    const polite = createDesk();
    polite.child(0).say({ type: 'running' });
    const job = polite.devices.print('x', receipt);
    const closing = polite.devices.close();
    expect(polite.child(0).types().at(-1)).toBe('close');
    polite.child(0).say({ type: 'printResult', jobNumber: 1, result: { kind: 'printed' } });
    polite.child(0).die();
    await closing;
    expect(await job).toEqual({ kind: 'printed' });
    expect(polite.child(0).isKilled).toBe(false);

    const stuck = createDesk();
    stuck.child(0).say({ type: 'running' });
    let answer: PrintResult | null = null;
    void stuck.devices.print('x', receipt).then((result) => {
      answer = result;
    });
    const stuckClosing = stuck.devices.close();
    await stuck.clock.advance(3_000);
    await stuckClosing;
    expect(stuck.child(0).isKilled).toBe(true);
    expect(answer).toMatchObject({ kind: 'interrupted' });
    await stuck.clock.advance(60_000);
    expect(stuck.children).toHaveLength(1);
    expect(await stuck.devices.print('y', receipt)).toMatchObject({ kind: 'notBegun', problem: 'absent' });
  });
});
