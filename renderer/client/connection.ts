/** How a screen reaches its till, whichever host carries it: the calls, the events, the link, and what the screen remembers. */
import type { CustomerDisplay, Preferences, TillClient } from '../../core/contract/types.ts';
import type { Link } from '../machine/state.ts';

export interface TillConnection extends TillClient {
  /** Says how the link stands, at once and at every change. */
  onLink(listener: (link: Link) => void): () => void;
  /** Takes the till over from the screen that operates it. */
  takeOver(): void;
  /** Opens the payer's phone of the training till, outside this page. */
  openPhone(url: string): Promise<void>;
  /** Hands over what customer displays show. True where there is one. */
  showCustomer(display: CustomerDisplay): Promise<boolean>;
  readonly preferences: PreferenceStore;
}

export interface PreferenceStore {
  read(): Promise<Preferences>;
  write(preferences: Preferences): Promise<void>;
}

/** A call whose answer can't come any more. Nothing is known about what it did. */
export class LinkLostError extends Error {
  constructor() {
    super('the till is not connected');
    this.name = 'LinkLostError';
  }
}
