/** For tests of notifications: waits for tries to end instead of sleeping. */
import type { SentNotice, Simulator } from './index.ts';

/** Does something and resolves with the try that it begins, once that has ended. */
export function nextNotice(simulator: Simulator, action: () => void): Promise<SentNotice> {
  return new Promise((resolve) => {
    const stop = simulator.world.onNotification((notice) => {
      stop();
      resolve(notice);
    });
    action();
  });
}
