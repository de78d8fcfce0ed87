/** Tests of the wedge: scans are swallowed whole, typing comes through in order, and torn bursts are never typed (CASES 35). */
import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { decodeKey } from './key-characters.ts';
import { createWedge, type WedgeKey } from './wedge.ts';

const hold = 70;
const gap = 65;
/** How long a burst without a suffix stays in doubt. */
const doubt = 160;

/** A desk to try the wedge on: virtual time, and a record of everything that came out. */
function createDesk() {
  let now = 0;
  let timer: { readonly at: number; readonly action: () => void } | null = null;
  const scans: string[] = [];
  const symbologies: (string | null)[] = [];
  const typed: string[] = [];
  let garbled = 0;
  const wedge = createWedge<WedgeKey>({
    holdMilliseconds: hold,
    gapMilliseconds: gap,
    now: () => now,
    setTimer(milliseconds, action) {
      const mine = { at: now + milliseconds, action };
      timer = mine;
      return () => {
        if (timer === mine) timer = null;
      };
    },
    onScan(text, symbology) {
      scans.push(text);
      symbologies.push(symbology);
    },
    onKey: (event) => typed.push(event.code),
    onGarbled: () => {
      garbled += 1;
    },
  });
  function fireDueTimers(until: number): void {
    while (timer !== null && timer.at <= until) {
      const due = timer;
      timer = null;
      now = Math.max(now, due.at);
      due.action();
    }
    now = Math.max(now, until);
  }
  function press(code: string, time: number, more: Partial<WedgeKey> = {}): 'held' | 'passed' {
    const outcome = wedge.key({ code, shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, repeat: false, time, ...more });
    if (outcome === 'passed') typed.push(code);
    return outcome;
  }
  return {
    wedge,
    scans,
    symbologies,
    typed,
    garbledCount: () => garbled,
    wait(milliseconds: number) {
      fireDueTimers(now + milliseconds);
    },
    /** Presses a key `after` milliseconds from now; timers due before it fire first. */
    key(code: string, after: number, more: Partial<WedgeKey> = {}) {
      fireDueTimers(now + after);
      return press(code, now, more);
    },
    /** A key that the window gets to see only now, pressed `ago` milliseconds before. */
    lateKey: (code: string, ago: number) => press(code, now - ago),
    /** Lets time pass while the window is busy: no timer fires. */
    stall(milliseconds: number) {
      now += milliseconds;
    },
  };
}

const digitCodes = (text: string): string[] => [...text].map((digit) => `Digit${digit}`);
const code18 = '134567890123456789';

describe('decoding', () => {
  it.each([
    ['Digit1', false, '1'],
    ['Digit2', true, '@'],
    ['Digit0', true, ')'],
    ['Numpad7', false, '7'],
    ['KeyA', false, 'a'],
    ['KeyQ', true, 'Q'],
    ['BracketRight', false, ']'],
    ['Slash', true, '?'],
    ['NumpadDecimal', false, '.'],
    ['Space', false, ' '],
    ['ArrowLeft', false, null],
    ['constructor', false, null],
    ['', false, null],
  ])('%s with shift %s is %s', (code, shift, character) => expect(decodeKey(code, shift)).toBe(character));
});

describe('scans', () => {
  it('a scan at 8 ms with an Enter 47 ms later types nothing', () => {
    const desk = createDesk();
    for (const code of digitCodes(code18)) expect(desk.key(code, 8)).toBe('held');
    expect(desk.key('Enter', 47)).toBe('held');
    expect(desk.scans).toEqual([code18]);
    desk.wait(1000);
    expect(desk.typed).toEqual([]);
    expect(desk.garbledCount()).toBe(0);
  });

  it.each([71, 100, 149, 150])('CASES 35: an Enter or Tab %s ms after the burst belongs to it', (after) => {
    for (const suffix of ['Enter', 'NumpadEnter', 'Tab']) {
      const desk = createDesk();
      for (const code of digitCodes(code18)) desk.key(code, 8);
      expect(desk.key(suffix, after)).toBe('held');
      expect(desk.scans).toEqual([code18]);
      expect(desk.typed).toEqual([]);
    }
  });

  it('CASES 35: an Enter 151 ms after the burst is the cashier’s', () => {
    const desk = createDesk();
    for (const code of digitCodes(code18)) desk.key(code, 8);
    expect(desk.key('Enter', 151)).toBe('passed');
    expect(desk.scans).toEqual([code18]);
  });

  it('needs no suffix', () => {
    const desk = createDesk();
    for (const code of digitCodes(code18)) desk.key(code, 16);
    desk.wait(doubt - 1);
    expect(desk.scans).toEqual([]);
    desk.wait(1);
    expect(desk.scans).toEqual([code18]);
  });

  it('keeps two codes with Enter between them apart', () => {
    const desk = createDesk();
    for (const code of [...digitCodes('111111'), 'Enter', ...digitCodes('222222'), 'Enter']) desk.key(code, 8);
    expect(desk.scans).toEqual(['111111', '222222']);
    expect(desk.typed).toEqual([]);
  });

  it('reads Shift, and splits the AIM identifier off', () => {
    const desk = createDesk();
    desk.key('BracketRight', 8);
    desk.key('ShiftLeft', 2);
    desk.key('KeyQ', 4, { shiftKey: true });
    for (const code of [...digitCodes('1123456'), 'Enter']) desk.key(code, 8);
    expect(desk.scans).toEqual(['123456']);
    expect(desk.symbologies).toEqual([']Q1']);
    expect(desk.typed).toEqual(['ShiftLeft']);
  });

  it('survives a busy window: the timer comes before the keys that waited behind it', () => {
    const desk = createDesk();
    for (const code of digitCodes('134')) desk.key(code, 8);
    desk.stall(300);
    desk.wait(0);
    let ago = 292;
    for (const code of digitCodes('567890123456789')) {
      desk.lateKey(code, ago);
      ago -= 8;
    }
    desk.lateKey('Enter', ago);
    expect(desk.scans).toEqual([code18]);
    expect(desk.typed).toEqual([]);
    expect(desk.garbledCount()).toBe(0);
  });

  it('a burst above every limit is garbled and not kept', () => {
    const desk = createDesk();
    for (let index = 0; index < 3000; index += 1) desk.key('Digit1', 1);
    desk.key('Enter', 1);
    expect(desk.scans).toEqual([]);
    expect(desk.garbledCount()).toBe(1);
    expect(desk.typed).toEqual([]);
  });

  it.each([20, 40, 69, 150])('is whole on a busy machine, which hands its keys over one by one, %s ms apart', (apart) => {
    const desk = createDesk();
    desk.wait(300);
    digitCodes(code18).forEach((code, index) => {
      desk.lateKey(code, 300 + index * (apart - 8));
      desk.wait(apart);
    });
    desk.lateKey('Enter', 300 + code18.length * (apart - 8));
    desk.wait(1000);
    expect(desk.scans).toEqual([code18]);
    expect(desk.typed).toEqual([]);
    expect(desk.garbledCount()).toBe(0);
  });

  it.each([1, 3, 9, 17])('is whole where key %s and those after it were pressed in time and came 80 ms late', (cut) => {
    const desk = createDesk();
    for (const code of digitCodes(code18.slice(0, cut))) desk.key(code, 8);
    desk.wait(88);
    for (const code of digitCodes(code18.slice(cut))) {
      desk.lateKey(code, 80);
      desk.wait(8);
    }
    desk.lateKey('Enter', 80);
    desk.wait(1000);
    expect([desk.scans, desk.typed, desk.garbledCount()]).toEqual([[code18], [], 0]);
  });
});

describe('bursts that stop short', () => {
  it.each([2, 3, 4, 5])('%s fast keys are dropped with a message, and their Enter with them', (count) => {
    for (const suffix of [[], ['Enter'], ['Tab']]) {
      const desk = createDesk();
      for (const code of [...digitCodes(code18.slice(0, count)), ...suffix]) desk.key(code, 8);
      desk.wait(1000);
      expect(desk.scans).toEqual([]);
      expect(desk.typed).toEqual([]);
      expect(desk.garbledCount()).toBe(1);
    }
  });

  it('the last digit of a scan that began elsewhere is not typed', () => {
    const desk = createDesk();
    desk.key('Digit9', 8);
    expect(desk.key('Enter', 8)).toBe('held');
    expect(desk.typed).toEqual([]);
    expect(desk.garbledCount()).toBe(1);
  });

  it('the rest of a torn code is garbled too, however long', () => {
    const desk = createDesk();
    for (const code of digitCodes('134')) desk.key(code, 8);
    desk.wait(90);
    for (const code of [...digitCodes('567890123456789'), 'Enter']) desk.key(code, 8);
    expect(desk.scans).toEqual([]);
    expect(desk.typed).toEqual([]);
    expect(desk.garbledCount()).toBe(1);
  });

  it('the scan after a torn one is whole', () => {
    const desk = createDesk();
    for (const code of digitCodes('134')) desk.key(code, 8);
    desk.wait(400);
    for (const code of [...digitCodes(code18), 'Enter']) desk.key(code, 8);
    expect(desk.scans).toEqual([code18]);
  });
});

describe('torn and merged codes', () => {
  const cuts = fc.integer({ min: 1, max: code18.length - 1 });
  const tears = fc.integer({ min: gap + 1, max: 150 });
  const suffixes = fc.constantFrom([], ['Enter'], ['Tab']);

  it('a code torn in two is garbled once, charges nothing and types nothing', () => {
    fc.assert(
      fc.property(cuts, tears, fc.integer({ min: 1, max: 25 }), suffixes, (cut, tear, pace, suffix) => {
        const desk = createDesk();
        for (const [index, code] of [...digitCodes(code18), ...suffix].entries()) desk.key(code, index === cut ? tear : pace);
        desk.wait(1000);
        expect(desk.scans).toEqual([]);
        expect(desk.typed).toEqual([]);
        expect(desk.garbledCount()).toBe(1);
      }),
    );
  });

  it('a code torn in three is garbled once and charges nothing', () => {
    const desk = createDesk();
    for (const [index, code] of [...digitCodes(code18), 'Enter'].entries()) desk.key(code, index === 4 || index === 11 ? 120 : 8);
    desk.wait(1000);
    expect([desk.scans, desk.typed, desk.garbledCount()]).toEqual([[], [], 1]);
  });

  it('the code after a torn one is whole', () => {
    const desk = createDesk();
    for (const [index, code] of [...digitCodes(code18), 'Enter'].entries()) desk.key(code, index === 9 ? 100 : 8);
    desk.wait(300);
    for (const code of [...digitCodes(code18), 'Enter']) desk.key(code, 8);
    expect(desk.scans).toEqual([code18]);
  });

  it.each([67, 100, 150])('a first digit typed %s ms before a scan on the same row may be the code’s: nothing is charged', (before) => {
    const desk = createDesk();
    desk.key('Digit5', 0);
    desk.wait(before - 8);
    for (const code of [...digitCodes(code18), 'Enter']) desk.key(code, 8);
    expect([desk.scans, desk.typed, desk.garbledCount()]).toEqual([[], [], 1]);
  });

  it('an amount being typed on the same row keeps its digits, and the scan in its midst charges nothing', () => {
    const desk = createDesk();
    for (const code of ['Digit3', 'Digit8']) desk.key(code, 120);
    desk.wait(92);
    for (const code of [...digitCodes(code18), 'Enter']) desk.key(code, 8);
    desk.key('Period', 120);
    desk.key('Digit5', 120);
    desk.wait(1000);
    expect([desk.scans, desk.typed, desk.garbledCount()]).toEqual([[], ['Digit3', 'Digit8', 'Period', 'Digit5'], 1]);
  });

  it.each([66, 100, 150])('a digit of the number pad %s ms before a scan is typing, and the scan is whole', (before) => {
    const desk = createDesk();
    desk.key('Numpad5', 0);
    desk.wait(before - 8);
    for (const code of [...digitCodes(code18), 'Enter']) desk.key(code, 8);
    expect([desk.scans, desk.typed, desk.garbledCount()]).toEqual([[code18], ['Numpad5'], 0]);
  });

  it.each([0, 7, 18])('a digit of the number pad that runs into a scan at %s is no digit of the code', (position) => {
    const desk = createDesk();
    const codes = digitCodes(code18);
    for (const code of [...codes.slice(0, position), 'Numpad5', ...codes.slice(position), 'Enter']) desk.key(code, 20);
    desk.wait(1000);
    expect([desk.scans, desk.typed, desk.garbledCount()]).toEqual([[], [], 1]);
  });

  it('a scan without a suffix is whole when a digit of the number pad follows it', () => {
    const desk = createDesk();
    for (const code of digitCodes(code18)) desk.key(code, 8);
    desk.key('Numpad5', 100);
    expect(desk.scans).toEqual([code18]);
    desk.wait(1000);
    expect([desk.typed, desk.garbledCount()]).toEqual([['Numpad5'], 0]);
  });

  it('a digit after the suffix tears nothing', () => {
    const desk = createDesk();
    for (const code of [...digitCodes(code18), 'Enter', 'Digit5']) desk.key(code, 20);
    desk.wait(1000);
    expect([desk.scans, desk.typed, desk.garbledCount()]).toEqual([[code18], ['Digit5'], 0]);
  });

  it('typing that begins right behind a torn code is heard again after a second', () => {
    const desk = createDesk();
    for (const [index, code] of digitCodes(code18).entries()) desk.key(code, index === 9 ? 100 : 8);
    for (let press = 0; press < 20; press += 1) desk.key('Digit5', 100);
    desk.wait(1000);
    expect([desk.scans, desk.garbledCount()]).toEqual([[], 1]);
    expect(desk.typed.length).toBeGreaterThan(10);
  });
});

describe('typing', () => {
  it('a digit is heard 70 ms after another, and 160 ms after a pause', () => {
    const desk = createDesk();
    desk.key('Digit3', 500);
    desk.wait(doubt - 1);
    expect(desk.typed).toEqual([]);
    desk.wait(1);
    expect(desk.typed).toEqual(['Digit3']);
    desk.key('Digit8', 50);
    desk.wait(hold);
    expect(desk.typed).toEqual(['Digit3', 'Digit8']);
  });

  it.each(['NumpadAdd', 'NumpadSubtract', 'NumpadDecimal', 'Slash'])('%s is part of no code, and is heard after 70 ms', (code) => {
    const desk = createDesk();
    desk.key(code, 500);
    desk.wait(hold);
    expect(desk.typed).toEqual([code]);
  });

  it('three quick fingers on the number pad are typing', () => {
    const desk = createDesk();
    for (const code of ['Numpad3', 'Numpad8', 'NumpadDecimal', 'Numpad5']) desk.key(code, 35);
    desk.wait(doubt);
    expect(desk.typed).toEqual(['Numpad3', 'Numpad8', 'NumpadDecimal', 'Numpad5']);
    expect(desk.garbledCount()).toBe(0);
  });

  it.each([2, 3])('the key with %s zeros on a number pad types them', (count) => {
    const desk = createDesk();
    for (let index = 0; index < count; index += 1) desk.key('Numpad0', 4);
    desk.key('NumpadEnter', 60);
    expect(desk.typed).toEqual([...Array<string>(count).fill('Numpad0'), 'NumpadEnter']);
    expect(desk.garbledCount()).toBe(0);
  });

  it('a digit and a quick Enter come out in order', () => {
    const desk = createDesk();
    desk.key('Numpad5', 0);
    desk.key('NumpadEnter', 45);
    expect(desk.typed).toEqual(['Numpad5', 'NumpadEnter']);
  });

  it('another kind of key releases what is held before it', () => {
    const desk = createDesk();
    desk.key('Digit5', 0);
    expect(desk.key('Backspace', 40)).toBe('passed');
    expect(desk.typed).toEqual(['Digit5', 'Backspace']);
  });

  it('a key held down never makes a scan', () => {
    const desk = createDesk();
    desk.key('Digit0', 0);
    for (let index = 0; index < 20; index += 1) desk.key('Digit0', 30, { repeat: true });
    expect(desk.typed).toHaveLength(21);
    expect(desk.scans).toEqual([]);
  });

  it('commands pass at once', () => {
    const desk = createDesk();
    expect(desk.key('KeyC', 0, { ctrlKey: true })).toBe('passed');
    expect(desk.key('Enter', 500)).toBe('passed');
  });

  it('closing releases what is held', () => {
    const desk = createDesk();
    desk.key('Digit5', 0);
    desk.wedge.close();
    desk.wait(1000);
    expect(desk.typed).toEqual(['Digit5']);
  });
});

describe('properties', () => {
  const characterCode = fc.oneof(
    fc.integer({ min: 0, max: 9 }).map((digit) => `Digit${digit}`),
    fc.integer({ min: 0, max: 9 }).map((digit) => `Numpad${digit}`),
    fc.constantFrom('KeyA', 'KeyZ', 'Minus', 'Period', 'Slash'),
  );

  /** A scanner sends all its digits from one row of the keyboard. */
  const scannerCode = (row: string): fc.Arbitrary<string> => fc.oneof(
    fc.integer({ min: 0, max: 9 }).map((digit) => `${row}${digit}`),
    fc.constantFrom('KeyA', 'KeyZ', 'Minus', 'Period', 'Slash'),
  );

  it('any scan of 6 or more keys at 1 to 64 ms with a suffix is one scan, and types nothing', () => {
    const keys = fc.constantFrom('Digit', 'Numpad').chain((row) => (
      fc.array(fc.record({ code: scannerCode(row), gap: fc.integer({ min: 1, max: 64 }) }), { minLength: 6, maxLength: 64 })
    ));
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 150 }), fc.constantFrom('Enter', 'NumpadEnter', 'Tab'), (scan, suffixAfter, suffix) => {
        const desk = createDesk();
        for (const key of scan) expect(desk.key(key.code, key.gap)).toBe('held');
        expect(desk.key(suffix, suffixAfter)).toBe('held');
        desk.wait(1000);
        expect(desk.typed).toEqual([]);
        expect(desk.scans).toEqual([scan.map((key) => decodeKey(key.code, false)).join('')]);
        expect(desk.garbledCount()).toBe(0);
      }),
    );
  });

  it('digits typed right before another scanner reads a code come out first; a burst stays a scan', () => {
    const desk = createDesk();
    for (const code of ['Digit3', 'Digit1']) desk.key(code, 120);
    desk.wedge.releaseTyping();
    expect(desk.typed).toEqual(['Digit3', 'Digit1']);
    const burst = createDesk();
    for (const code of digitCodes('130000000000004417')) burst.key(code, 8);
    burst.wedge.releaseTyping();
    burst.wait(1000);
    expect(burst.typed).toEqual([]);
    expect(burst.scans).toEqual(['130000000000004417']);
  });

  it('typing at 80 ms or slower comes out whole and in order, and is no scan', () => {
    const anyCode = fc.oneof(characterCode, fc.constantFrom('Enter', 'NumpadEnter', 'Tab', 'Backspace', 'ArrowUp', 'F10'));
    const keys = fc.array(fc.record({ code: anyCode, gap: fc.integer({ min: 80, max: 900 }) }), { maxLength: 40 });
    fc.assert(
      fc.property(keys, (typing) => {
        const desk = createDesk();
        for (const key of typing) desk.key(key.code, key.gap);
        desk.wait(1000);
        expect(desk.typed).toEqual(typing.map((key) => key.code));
        expect(desk.scans).toEqual([]);
        expect(desk.garbledCount()).toBe(0);
      }),
    );
  });

  it('whatever comes, a key is typed at most once and order is kept', () => {
    const keys = fc.array(fc.record({ code: fc.oneof(characterCode, fc.constantFrom('Enter', 'Backspace')), gap: fc.integer({ min: 0, max: 200 }) }), { maxLength: 60 });
    fc.assert(
      fc.property(keys, (presses) => {
        const desk = createDesk();
        for (const key of presses) desk.key(key.code, key.gap);
        desk.wait(1000);
        let position = 0;
        for (const code of desk.typed) {
          while (position < presses.length && presses[position]?.code !== code) position += 1;
          expect(position).toBeLessThan(presses.length);
          position += 1;
        }
      }),
    );
  });
});
