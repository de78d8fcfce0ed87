/** PINs: which are too easy, how often they may be tried, and that comparing one takes the same whoever it is. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestBytes, findByDigest } from './find-by-digest.ts';
import { isEasyPin } from './pin-strength.ts';
import { allTriesLeft, beginTry, pinTriesMost, pinWaitSeconds, rightPin, triesAtStart, triesLeft, tryNotMade, waitSecondsLeft, wrongPin, type PinTries } from './pin-tries.ts';
import { nobody, type StaffPerson } from './staff.ts';

describe('an easy PIN', () => {
  it.each([
    '0000', '9999', '1234', '6789', '7890', '4321', '0987', '1212', '9090', '1221', '7337', '1122', '9988', '2580', '0852',
    '1950', '1984', '2000', '2030', '0101', '3112', '1231', '2902', '0229', '1506',
    '111111', '123456', '654321', '121212', '123123', '123321', '112233', '111222', '311284', '841231', '198412', '121984',
    '12345678', '12341234', '19841231', '31121984', '12311984', '11112222', '55555', '1234567',
  ])('is %s', (pin) => expect(isEasyPin(pin)).toBe(true));

  it.each(['4417', '9305', '7261', '1949', '2031', '3213', '3002', '0031', '8264', '441792', '939517', '7261940', '55371', '44179305'])('is not %s', (pin) => {
    expect(isEasyPin(pin)).toBe(false);
  });

  it('is the exception: of all PINs of four digits most are left', () => {
    const left = Array.from({ length: 10_000 }, (_, number) => String(number).padStart(4, '0')).filter((pin) => !isEasyPin(pin));
    expect(left.length).toBeGreaterThan(8500);
    expect(left.length).toBeLessThan(9400);
  });

  it('of any length is each run, repeat and palindrome', () => {
    fc.assert(fc.property(fc.integer({ min: 4, max: 8 }), fc.integer({ min: 0, max: 9 }), fc.constantFrom(0, 1, 9), (length, first, step) => {
      expect(isEasyPin(Array.from({ length }, (_, at) => (first + at * step) % 10).join(''))).toBe(true);
    }));
  });
});

/** Bytes that count how often one of them is read. */
function countedBytes(bytes: Uint8Array, reads: { count: number }): Uint8Array {
  return new Proxy(bytes, {
    get(target, name) {
      if (typeof name === 'string' && /^\d+$/.test(name)) reads.count += 1;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

function personWith(operatorId: string, pin: Uint8Array | null): StaffPerson {
  return { operatorId, number: operatorId, name: operatorId, role: 'cashier', pin, badge: null, left: false, leftAt: null, lastHereAt: null };
}

const filled = (value: number): Uint8Array => new Uint8Array(digestBytes).fill(value);

describe('finding who has a PIN', () => {
  it('finds the one person, and nobody for another digest', () => {
    const people = [personWith('a', filled(1)), personWith('b', null), personWith('c', filled(3))];
    expect(findByDigest({ people }, filled(1))?.operatorId).toBe('a');
    expect(findByDigest({ people }, filled(3))?.operatorId).toBe('c');
    expect(findByDigest({ people }, filled(2))).toBeNull();
    expect(findByDigest({ people: [personWith('b', null)] }, filled(0))).toBeNull();
    expect(findByDigest({ people: [] }, filled(0))).toBeNull();
  });

  it('is not deceived by one byte, wherever it stands, nor by a digest that is too short', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: digestBytes, maxLength: digestBytes }), fc.nat(digestBytes - 1), fc.integer({ min: 1, max: 255 }), (digest, at, change) => {
      const people = [personWith('a', digest)];
      const other = digest.slice();
      other[at] = (other[at] ?? 0) ^ change;
      expect(findByDigest({ people }, digest.slice())?.operatorId).toBe('a');
      expect(findByDigest({ people }, other)).toBeNull();
    }));
    expect(findByDigest({ people: [personWith('a', filled(0))] }, new Uint8Array(digestBytes - 1))).toBeNull();
    expect(findByDigest({ people: [personWith('a', new Uint8Array())] }, filled(0))).toBeNull();
  });

  it('reads every byte of every digest, whoever it is and wherever it differs', () => {
    const reading = (digest: Uint8Array): readonly number[] => {
      const [stored, asked] = [{ count: 0 }, { count: 0 }];
      const perPerson = [1, 2, 3, 4].map(() => ({ count: 0 }));
      const people = [1, 2, 3, 4].map((value, index) => personWith(String(value), countedBytes(countedBytes(filled(value), stored), perPerson[index] ?? stored)));
      findByDigest({ people }, countedBytes(digest, asked));
      return [stored.count, asked.count, ...perPerson.map(({ count }) => count)];
    };
    const every = [4 * digestBytes, 4 * digestBytes, digestBytes, digestBytes, digestBytes, digestBytes];
    const lastByteDiffers = filled(4);
    lastByteDiffers[digestBytes - 1] = 9;
    const firstByteDiffers = filled(1);
    firstByteDiffers[0] = 9;
    for (const digest of [filled(1), filled(2), filled(4), filled(9), filled(0), lastByteDiffers, firstByteDiffers]) expect(reading(digest)).toEqual(every);
  });
});

/** Wrong PINs one after the other, as a till counts them. */
function wrongTimes(count: number, now: number, from: PinTries = allTriesLeft): PinTries {
  let tries = from;
  for (let one = 0; one < count; one += 1) {
    const begun = beginTry(tries, now);
    if (begun.kind === 'begun') tries = wrongPin(begun.tries, now).tries;
  }
  return tries;
}

describe('wrong PINs', () => {
  it('are five, counted down, then a minute’s wait that is journaled once', () => {
    let tries = allTriesLeft;
    const left: number[] = [];
    const begins: boolean[] = [];
    for (let one = 0; one < pinTriesMost; one += 1) {
      const begun = beginTry(tries, 1000);
      if (begun.kind !== 'begun') throw new Error('refused too early');
      const wrong = wrongPin(begun.tries, 1000);
      ({ tries } = wrong);
      left.push(wrong.triesLeft);
      begins.push(wrong.waitBegins);
    }
    expect(left).toEqual([4, 3, 2, 1, 0]);
    expect(begins).toEqual([false, false, false, false, true]);
    expect(beginTry(tries, 1000)).toMatchObject({ kind: 'wait', seconds: pinWaitSeconds, message: { key: 'pinWait', values: { n: '60' } } });
    expect(beginTry(tries, 1000 + 59_001)).toMatchObject({ kind: 'wait', seconds: 1 });
    expect(triesLeft(tries, 1000 + 59_999)).toBe(0);
    expect(beginTry(tries, 1000 + 60_000)).toMatchObject({ kind: 'begun', tries: { taken: 1, waitUntil: null } });
    expect([triesLeft(tries, 61_000), waitSecondsLeft(tries, 61_000)]).toEqual([pinTriesMost, 0]);
  });

  it('a right one takes back its own try alone: nobody tries others’ PINs between their own', () => {
    let tries = wrongTimes(4, 0);
    const begun = beginTry(tries, 0);
    if (begun.kind !== 'begun') throw new Error('refused too early');
    tries = rightPin(begun.tries);
    expect(triesLeft(tries, 0)).toBe(1);
    expect(wrongPin((beginTry(tries, 0) as Extract<ReturnType<typeof beginTry>, { kind: 'begun' }>).tries, 0)).toMatchObject({ waitBegins: true });
  });

  it('each is forgotten after ten minutes', () => {
    const tries = wrongTimes(4, 0);
    expect([triesLeft(tries, 599_999), triesLeft(tries, 600_000), triesLeft(tries, 2_400_000)]).toEqual([1, 2, 5]);
  });

  it('that overlap are no more than five: each is counted before it is looked at', () => {
    let tries = allTriesLeft;
    for (let one = 0; one < pinTriesMost; one += 1) {
      const begun = beginTry(tries, 0);
      if (begun.kind !== 'begun') throw new Error('refused too early');
      ({ tries } = begun);
    }
    expect(beginTry(tries, 0)).toMatchObject({ kind: 'wait' });
    const first = wrongPin(tries, 0);
    expect(first).toMatchObject({ triesLeft: 0, waitBegins: true });
    expect(wrongPin(first.tries, 10)).toMatchObject({ waitBegins: false, tries: first.tries });
  });

  it('that could not be looked at use no try up, however many they are, and lift no wait', () => {
    let tries = wrongTimes(2, 0);
    for (let one = 0; one < 20; one += 1) {
      const begun = beginTry(tries, 0);
      if (begun.kind !== 'begun') throw new Error('a try was used up');
      tries = tryNotMade(begun.tries);
    }
    expect(triesLeft(tries, 0)).toBe(3);
    expect(tryNotMade(allTriesLeft)).toEqual(allTriesLeft);
    const waiting = wrongTimes(5, 0);
    expect(tryNotMade(waiting)).toBe(waiting);
  });

  it('a wait that was journaled is a whole one after a restart, by the new run’s clock', () => {
    const waiting = triesAtStart({ ...nobody, waitJournaled: true }, 500);
    expect(beginTry(waiting, 500)).toMatchObject({ kind: 'wait', seconds: pinWaitSeconds });
    expect(beginTry(waiting, 60_499)).toMatchObject({ kind: 'wait', seconds: 1 });
    expect(beginTry(waiting, 60_500)).toMatchObject({ kind: 'begun' });
    expect(triesAtStart(nobody, 500)).toEqual(allTriesLeft);
  });

  it('after the wait are five again, and no clock of the wall plays a part', () => {
    const tries = wrongTimes(5, 0);
    expect(wrongTimes(20, 59_999, tries)).toBe(tries);
    const again = wrongTimes(5, 60_000, tries);
    expect(beginTry(again, 60_000)).toMatchObject({ kind: 'wait', seconds: pinWaitSeconds });
  });
});
