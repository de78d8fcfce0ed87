/** The till behind Electron's preload bridge: always connected, one screen. */
import type { CustomerDisplay, TillEvent } from '../../core/contract/types.ts';
import type { PreferenceStore, TillConnection } from './connection.ts';

/** What the preload script puts on `window`. */
export interface ScanTillBridge {
  readonly host: 'electron';
  call(name: string, request: unknown): Promise<unknown>;
  onEvent(listener: (event: TillEvent) => void): () => void;
  /** Opens the payer's phone of the training till in the system's browser. */
  openPhone?(): Promise<unknown>;
  /** Hands over what the customer display shows; says whether there is one. */
  showCustomer?(display: CustomerDisplay): Promise<unknown>;
  readonly preferences: PreferenceStore;
}

declare global {
  interface Window {
    readonly scantill?: ScanTillBridge;
  }
}

export function electronConnection(bridge: ScanTillBridge): TillConnection {
  return {
    // The main process validates both directions with the contract's schemas; the bridge only carries.
    call: (name, request) => bridge.call(name, request) as Promise<never>,
    onEvent: (listener) => bridge.onEvent(listener),
    onLink: (listener) => {
      listener('up');
      return () => undefined;
    },
    takeOver: () => undefined,
    // The main process takes the address from the till, and never from a page.
    openPhone: async () => {
      if (!bridge.openPhone) throw new Error('this window can open no phone');
      await bridge.openPhone();
    },
    showCustomer: async (display) => (await bridge.showCustomer?.(display)) === true,
    preferences: bridge.preferences,
  };
}
