/** Waiting with a limit, on the clock port: nothing that a device does may take forever. */
import type { Clock } from '../core/ports.ts';

export type Limited<Value> = { readonly kind: 'done'; readonly value: Value } | { readonly kind: 'late' };

/** Resolves with what `work` resolves with, or with `late` after `milliseconds`. `work` must not reject. */
export function within<Value>(clock: Clock, milliseconds: number, work: Promise<Value>): Promise<Limited<Value>> {
  return new Promise((resolve) => {
    const cancel = clock.after(milliseconds, () => resolve({ kind: 'late' }));
    const finish = async (): Promise<void> => {
      const value = await work;
      cancel();
      resolve({ kind: 'done', value });
    };
    void finish();
  });
}

export function pause(clock: Clock, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(milliseconds, resolve);
  });
}

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The system's name of an error (`ENOENT`), or an empty string. */
export function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
