/** What runs in the phone's page. It is served as the text of this one function, so it may use nothing outside itself. */
import type { PhoneOrder, ShownState } from './state.ts';

/** The little of a browser that it uses; typed here so that the rest of the simulator needs no DOM. */
interface PageElement {
  textContent: string | null;
  hidden: boolean;
  checked: boolean;
  value: string;
  src: string;
  readonly dataset: Record<string, string | undefined>;
  readonly classList: { toggle(name: string, on: boolean): void };
  readonly style: { setProperty(name: string, value: string): void };
  addEventListener(type: string, listener: () => void): void;
}
declare const document: {
  readonly body: PageElement;
  readonly documentElement: PageElement;
  getElementById(id: string): PageElement | null;
  querySelectorAll(selector: string): Iterable<PageElement>;
};
declare const performance: { now(): number };
declare const setInterval: (action: () => void, milliseconds: number) => unknown;
declare const fetch: (url: string, options: { method: string; headers: Record<string, string>; body: string }) => Promise<unknown>;
declare const EventSource: new (url: string) => {
  onmessage: ((event: { readonly data: string }) => void) | null;
  onerror: (() => void) | null;
};

export function phoneScript(): void {
  const ended = JSON.parse(document.body.dataset['ended'] ?? '{}') as Record<string, string>;
  const signs: Record<string, string> = { CNY: '¥', AUD: 'A$' };
  let shown: ShownState | null = null;
  let renewsAt = 0;

  function part(id: string): PageElement {
    const found = document.getElementById(id);
    if (found === null) throw new Error(`the page has no ${id}`);
    return found;
  }

  /** Currencies that have other than two decimals, among those that a gateway here takes. */
  const otherDigits: Record<string, number> = { JPY: 0, KRW: 0, VND: 0, KWD: 3, BHD: 3, OMR: 3 };

  function figuresOf(minorUnits: number, currency: string): string {
    const digits = otherDigits[currency] ?? 2;
    const text = String(minorUnits).padStart(digits + 1, '0');
    return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  }

  function act(deed: Record<string, string | boolean>): void {
    fetch('act', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(deed) }).catch(() => {
      part('away').hidden = false;
    });
  }

  function showCode(state: ShownState): void {
    if (shown?.code === state.code) return;
    document.documentElement.style.setProperty('--bars', String(state.barcodeModules));
    document.documentElement.style.setProperty('--dots', String(state.qrModules));
    part('bars').src = `barcode.svg?code=${state.code}`;
    part('qr').src = `qr.svg?code=${state.code}`;
    part('digits').textContent = state.code.replace(/^(\d{4})(\d{4})(\d{4})/, '$1 $2 $3 ');
  }

  function showOrder(order: PhoneOrder | null): void {
    const waits = order?.state === 'waiting';
    part('charge').classList.toggle('quiet', !waits);
    part('decide').hidden = !waits;
    part('amount').hidden = order === null;
    if (order === null) return;
    part('line').textContent = waits ? (document.body.dataset['asks'] ?? '').replace('{shop}', order.shop) : `${order.shop} · ${ended[order.state] ?? ''}`;
    part('sign').textContent = signs[order.currency] ?? order.currency;
    part('figures').textContent = figuresOf(order.amount, order.currency);
  }

  /** The page has a button for each shown code that the state can list. */
  function showShown(orders: readonly PhoneOrder[]): void {
    part('shown').hidden = orders.length === 0;
    for (const index of [0, 1, 2, 3]) {
      const order = orders[index];
      part(`shown${index}`).hidden = order === undefined;
      if (order === undefined) continue;
      const amount = `${signs[order.currency] ?? `${order.currency} `}${figuresOf(order.amount, order.currency)}`;
      part(`shown${index}`).textContent = (document.body.dataset['scan'] ?? '').replace('{amount}', amount).replace('{shop}', order.shop);
    }
  }

  function check(group: string, isOn: (value: string) => boolean): void {
    for (const input of document.querySelectorAll(`input[name="${group}"]`)) input.checked = isOn(input.value);
  }

  function show(state: ShownState): void {
    showCode(state);
    showOrder(state.charge ?? state.last);
    showShown(state.shown);
    part('balance').textContent = `¥${figuresOf(state.balance, 'CNY')}`;
    check('wallet', (value) => value === state.wallet);
    check('manner', (value) => value === state.manner);
    check('trouble', (value) => state.troubles.includes(value));
    renewsAt = performance.now() + state.renewsInMilliseconds;
    shown = state;
    showCountdown();
  }

  function showCountdown(): void {
    const seconds = Math.max(0, Math.ceil((renewsAt - performance.now()) / 1000));
    part('countdown').textContent = `${Math.trunc(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  }

  function listenToInputs(group: string, deedOf: (input: PageElement) => Record<string, string | boolean>): void {
    for (const input of document.querySelectorAll(`input[name="${group}"]`)) {
      input.addEventListener('change', () => act(deedOf(input)));
    }
  }

  function decide(what: 'pay' | 'cancel'): void {
    const order = shown?.charge;
    if (order) act({ do: what, order: order.id });
  }

  listenToInputs('wallet', (input) => ({ do: 'wallet', wallet: input.value }));
  listenToInputs('manner', (input) => ({ do: 'behave', manner: input.value }));
  listenToInputs('trouble', (input) => ({ do: 'network', trouble: input.value, on: input.checked }));
  part('renew').addEventListener('click', () => act({ do: 'renew' }));
  part('pay').addEventListener('click', () => decide('pay'));
  for (const index of [0, 1, 2, 3]) {
    part(`shown${index}`).addEventListener('click', () => {
      const order = shown?.shown[index];
      if (order) act({ do: 'scan', order: order.id });
    });
  }
  part('cancel').addEventListener('click', () => decide('cancel'));
  setInterval(showCountdown, 250);

  const events = new EventSource('events');
  events.onmessage = (event) => {
    part('away').hidden = true;
    show(JSON.parse(event.data) as ShownState);
  };
  events.onerror = () => {
    part('away').hidden = false;
  };
}
