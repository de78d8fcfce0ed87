/** Tells the customer display what the cashier's screen has come to, once that screen is drawn. */
import type { CustomerDisplay } from '../../core/contract/types.ts';

export interface CustomerPorts {
  /** True where some display shows it. */
  readonly show: (display: CustomerDisplay) => Promise<boolean>;
  readonly onTaken: (up: boolean) => void;
  /** Runs after the next picture of this page: the customer sees nothing before the cashier. */
  readonly afterPicture: (action: () => void) => void;
}

/** Call it with every state; it sends what changed. Null: this screen has nothing to say, and says all of it again afterwards. */
export function customerTeller({ show, onTaken, afterPicture }: CustomerPorts): (display: CustomerDisplay | null) => void {
  let wanted: CustomerDisplay | null = null;
  let told = '';
  let waits = false;

  function tell(): void {
    waits = false;
    if (wanted === null) return;
    const text = JSON.stringify(wanted);
    if (text === told) return;
    told = text;
    show(wanted).then(onTaken, () => {
      // It is said again with the next change; a lost display stops no sale.
      told = '';
      onTaken(false);
    });
  }

  return (display) => {
    wanted = display;
    if (display === null) told = '';
    if (waits || display === null) return;
    waits = true;
    afterPicture(tell);
  };
}

/** A page that isn't seen draws no pictures: then it is told after a moment. */
const unseenMs = 150;

export function afterPicture(action: () => void): void {
  let done = false;
  const once = (): void => {
    if (done) return;
    done = true;
    action();
  };
  requestAnimationFrame(() => setTimeout(once, 0));
  setTimeout(once, unseenMs);
}
