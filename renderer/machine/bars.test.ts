/** Tests of the line over a screen: what stands in it, what waits for room, and how long each is seen. */
import { describe, expect, it } from 'vitest';
import type { PaymentView } from '../../core/contract/types.ts';
import { hasOverLine, overLine } from './bars.ts';
import { Rehearsal } from './rehearsal.ts';
import { sampleNow, sampleOpen, samplePayment } from './samples.ts';
import { sampleTask } from './samples-day.ts';

const parked = (paymentId: string): PaymentView => samplePayment('unknown', { paymentId, parked: true });

/** So many parked payments are paid at the same moment. */
function paid(...ids: readonly string[]): Rehearsal {
  const till = new Rehearsal({ tasks: [sampleTask()] }).send({ type: 'open', open: { ...sampleOpen, open: ids.map(parked) } });
  for (const paymentId of ids) till.send({ type: 'event', event: { type: 'payment', payment: samplePayment('paid', { paymentId, parked: true, changedAt: sampleNow + 9000 }) } });
  return till;
}

function seen(till: Rehearsal): readonly string[] {
  return overLine(till.state).bars.map((over) => (over.kind === 'late' ? over.bar.payment.paymentId : over.bar.task.taskId));
}

describe('bars', () => {
  it('stand beside each other, and the third waits for room and is counted', () => {
    const till = paid('a', 'b', 'c');
    expect(seen(till)).toEqual(['a', 'b']);
    expect(overLine(till.state).waiting).toBe(1);
  });
  it('that waited are seen for a whole minute from then on, and make no sound again', () => {
    const till = paid('a', 'b', 'c').wait(60_000);
    expect(seen(till)).toEqual(['c']);
    expect(till.asked('sound')).toEqual([]);
    expect(seen(till.wait(59_000))).toEqual(['c']);
    expect(seen(till.wait(1200))).toEqual([]);
    expect(hasOverLine(till.state)).toBe(false);
  });
  it('that stay until they are looked at keep no other from being seen', () => {
    const till = paid('a', 'b');
    for (const paymentId of ['r', 's']) till.send({ type: 'event', event: { type: 'payment', payment: samplePayment('review', { paymentId, changedAt: sampleNow + 1 }) } });
    till.send({ type: 'event', event: { type: 'task', task: sampleTask({ state: 'done' }) } });
    expect([seen(till), overLine(till.state).waiting]).toEqual([['a', 'b'], 3]);
    expect(seen(till.wait(60_200))).toEqual([sampleTask().taskId, 'r']);
    expect(seen(till.wait(60_200))).toEqual(['r', 's']);
    expect(seen(till.wait(600_000))).toEqual(['r', 's']);
  });
  it('make room for a notice, which Sale says itself', () => {
    const till = paid('a', 'b').send({ type: 'phoneFailed', url: 'http://127.0.0.1:1/' });
    expect([overLine(till.state).notice, overLine(till.state).bars.length]).toEqual([null, 2]);
    till.keys('/', '2').send({ type: 'phoneFailed', url: 'http://127.0.0.1:1/' });
    expect(overLine(till.state).notice).toMatchObject({ key: 'notice.phoneFailed' });
    expect([seen(till), overLine(till.state).waiting]).toEqual([['a'], 1]);
  });
});
