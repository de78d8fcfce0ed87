/** Plays inputs into the machine for its tests, with a clock of its own. */
import type { ScanSeen, TillCallName, TillStatus } from '../../core/contract/types.ts';
import type { Input, Request } from './inputs.ts';
import type { PadKey } from './keys.ts';
import { sampleNow, sampleStatus } from './samples.ts';
import { initialState, type TillScreen } from './state.ts';
import { step } from './step.ts';
import { viewName, type ViewName } from './view.ts';

export class Rehearsal {
  state: TillScreen;
  now = sampleNow;
  requests: readonly Request[] = [];
  private commands = 0;
  private readonly newestTags = new Map<string, string>();

  constructor(status: Partial<TillStatus> = {}) {
    this.state = initialState(this.now);
    this.send({ type: 'link', link: 'up' });
    this.send({ type: 'status', status: sampleStatus(status) });
    this.wait(1000);
  }

  get view(): ViewName {
    return viewName(this.state);
  }

  send(input: Input): this {
    this.commands += 1;
    const { state, requests } = step(this.state, input, { now: this.now, freshId: `command-${this.commands}` });
    this.state = state;
    this.requests = requests;
    for (const call of this.asked('call')) this.newestTags.set(call.name, call.tag);
    return this;
  }

  keys(...keys: readonly PadKey[]): this {
    for (const key of keys) this.send({ type: 'key', key });
    return this;
  }

  scan(scan: ScanSeen): this {
    return this.send({ type: 'scan', scan });
  }

  /** Lets time pass in steps of a tick. */
  wait(milliseconds: number): this {
    const until = this.now + milliseconds;
    while (this.now < until) {
      this.now = Math.min(until, this.now + 200);
      this.send({ type: 'tick' });
    }
    return this;
  }

  asked<Kind extends Request['kind']>(kind: Kind): Extract<Request, { kind: Kind }>[] {
    return this.requests.filter((request): request is Extract<Request, { kind: Kind }> => request.kind === kind);
  }

  /** The newest call of that name goes unanswered. */
  lose(name: TillCallName): this {
    const tag = this.newestTags.get(name);
    if (tag === undefined) throw new Error(`nothing was asked: ${name}`);
    return this.send({ type: 'replyLost', name, tag });
  }

  /** The till answers the charge that is on its way. */
  answer(reply: Extract<Input, { type: 'payReply' }>['reply']): this {
    const commandId = this.state.charging?.commandId;
    if (commandId === undefined) throw new Error('nothing is being charged');
    return this.send({ type: 'payReply', commandId, reply });
  }
}
