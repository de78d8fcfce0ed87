/** What a screen with a memory of its own brings to the machine: its keys, what its digits are, and what it makes of scans and answers. */
import type { PaymentView, ScanSeen, TillEvent } from '../../core/contract/types.ts';
import type { Moment, Reply, ReplyLost, Step } from './inputs.ts';
import type { Binding, DigitUse, PadKey } from './keys.ts';
import type { PartPlace } from './places.ts';
import type { TillScreen } from './state.ts';

/** What pressing a cap of such a screen does. */
export type Press = (state: TillScreen, moment: Moment) => Step;

/**
 * One screen that stands as `state.place`. `at` is that place, with everything the screen remembers; whoever leaves the screen
 * forgets it. What is left out does nothing: a key ticks, a scan goes where SCREENS.md 3 says for "elsewhere".
 */
export interface Part<At extends PartPlace = PartPlace> {
  /** The caps, from left to right; the menu's stands before them by itself. Each brings its own `press`. */
  keys(at: At, state: TillScreen): readonly Binding[];
  /** True while money is on its way and only the till's answer may end this screen: no menu, no list. */
  busy?(at: At): boolean;
  /** What a digit is here. `text` and `move` and `choice` reach `onDigit`; `nextAmount` starts the next sale. */
  digits(at: At, state: TillScreen): DigitUse;
  onDigit?(state: TillScreen, at: At, key: PadKey, moment: Moment): Step;
  /** A letter of a full keyboard, where digits are text. */
  onLetter?(state: TillScreen, at: At, letter: string): Step;
  /** The text of the one field on screen (`TextField`) has changed. */
  onText?(state: TillScreen, at: At, text: string): Step;
  /** `−` held down. */
  onHoldDelete?(state: TillScreen, at: At): Step;
  /** A row was touched. */
  onRow?(state: TillScreen, at: At, index: number): Step;
  /** A long list was scrolled to this row, which may not be here yet. */
  onNeed?(state: TillScreen, at: At, index: number): Step;
  /** Null: not this screen's business, the general table decides. */
  onScan?(state: TillScreen, at: At, scan: ScanSeen, moment: Moment): Step | null;
  /** The answer to a `call` of this screen. It may be late: compare its `tag`. */
  onReply?(state: TillScreen, at: At, reply: Reply, moment: Moment): Step;
  /** The till didn't answer: nothing is known about what the call did. */
  onLost?(state: TillScreen, at: At, lost: ReplyLost): Step;
  /** A payment has changed; `state.payments` has it already. */
  onPayment?(state: TillScreen, at: At, payment: PaymentView): Step;
  onEvent?(state: TillScreen, at: At, event: TillEvent): Step;
  /** Several times a second at most; the guard's time starts only where `stage` changes. */
  onTick?(state: TillScreen, at: At, moment: Moment): Step;
}
