/** Waits for paper before a command ends. */
import type { OpenTill } from '../host/assemble.ts';

/** A receipt that prints may finish before the process ends; a stuck printer doesn't hold it. */
const receiptSeconds = 5;

/** Lets what a payment's last change queued for the printer finish, where the printer takes it. */
export async function receiptPrinted({ till, journal }: OpenTill, paymentId: string): Promise<void> {
  const printing = (): boolean => journal.printJobs({ paymentId }).some((job) => job.state === 'waiting' || job.state === 'printing');
  const until = Date.now() + receiptSeconds * 1000;
  while (till.status().printer.light === 'ready' && printing() && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
}
