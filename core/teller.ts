/** Tells whoever listens what the till has to say without being asked. */
import type { PaymentView, ScanSeen, TillEvent, TillStatus } from './contract/types.ts';
import type { Log } from './ports.ts';

export class Teller {
  private readonly log: Log;
  private readonly status: () => TillStatus;
  private readonly listeners = new Set<(event: TillEvent) => void>();

  constructor(log: Log, status: () => TillStatus) {
    this.log = log;
    this.status = status;
  }

  /** Returns what ends the listening. */
  onEvent(listener: (event: TillEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  tellStatus(): void {
    this.tell({ type: 'status', status: this.status() });
  }

  tellPayment(payment: PaymentView): void {
    this.tell({ type: 'payment', payment });
  }

  tellScan(scan: ScanSeen): void {
    this.tell({ type: 'scan', scan });
  }

  private tell(event: TillEvent): void {
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch (error) {
        // A screen that can't be told is the screen's trouble: the payment is journaled and goes on.
        this.log.error('a listener failed', { event: event.type, error: String(error) });
      }
    }
  }
}
