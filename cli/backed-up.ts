/** Waits for the copy of a Z before a command ends, and says where it failed. */
import { message, messageText } from '../core/contract/messages.ts';
import type { OpenTill } from '../host/assemble.ts';
import type { Output } from './output.ts';

/** A large journal on a slow stick takes a while. */
const mostSeconds = 180;
const lookMilliseconds = 50;

/** A copy that takes longer than `seconds` isn't made; the next start makes it. */
export async function backedUp({ till, configuration }: OpenTill, number: number, output: Output, seconds = mostSeconds): Promise<void> {
  const until = performance.now() + seconds * 1000;
  let z = await till.call('z', { number });
  while (z?.backup?.state === 'running' && performance.now() < until) {
    await new Promise((done) => setTimeout(done, lookMilliseconds));
    z = await till.call('z', { number });
  }
  const backup = z?.backup ?? null;
  if (backup !== null && backup.state !== 'done') output.note(messageText(message('backupFailed', { folder: backup.folder }), configuration.store.locale));
}

/** The copy of a Z that a crash prevented is made now; at once where none is missing. */
export async function missingBackedUp(opened: OpenTill, output: Output): Promise<void> {
  const number = opened.till.backUpMissing();
  if (number !== null) await backedUp(opened, number, output);
}
