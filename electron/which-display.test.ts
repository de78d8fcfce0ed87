/** Tests of which screen the customer's window stands on: found by itself, remembered, and there again after it was unplugged. */
import { describe, expect, it } from 'vitest';
import { askedDisplay, customerScreen, rememberedScreen, toRemember, withDisplayValue, type KnownScreen } from './which-display.ts';

function screen(id: number, x: number, width = 1280): KnownScreen {
  return { id, bounds: { x, y: 0, width, height: 800 } };
}

const [till, customers, wall] = [screen(1, 0), screen(2, 1280, 1024), screen(3, 2304, 1920)];

describe('the customer’s screen', () => {
  it('is nothing where there is one screen', () => expect(customerScreen([till], 1, null, null)).toBeNull());
  it('is found by itself', () => expect(customerScreen([till, customers], 1, null, null)).toBe(customers));
  it('is never the one that the cashier looks at, also where that was moved', () => {
    expect(customerScreen([till, customers], 2, null, null)).toBe(till);
    expect(customerScreen([till, customers], 2, rememberedScreen(customers), null)).toBe(till);
  });
  it('is the one it was last', () => expect(customerScreen([till, customers, wall], 1, rememberedScreen(wall), null)).toBe(wall));
  it('is known again by its place where the system gave it another number', () => {
    const again = { ...wall, id: 77 };
    expect(customerScreen([till, customers, again], 1, rememberedScreen(wall), null)).toBe(again);
  });
  it('is another one while its own is unplugged', () => expect(customerScreen([till, customers], 1, rememberedScreen(wall), null)).toBe(customers));
  it('is its own again once that is plugged in: the substitute of three screens is not remembered in its place', () => {
    let remembered = toRemember(wall, null, null);
    const substitute = customerScreen([till, customers], 1, remembered, null);
    expect(substitute).toBe(customers);
    remembered = toRemember(customers, remembered, null);
    expect(customerScreen([till, customers, wall], 1, remembered, null)).toBe(wall);
  });
  it('is remembered under its new number where it came back with another', () => {
    const again = { ...wall, id: 77 };
    expect(toRemember(again, rememberedScreen(wall), null)).toEqual(rememberedScreen(again));
  });
  it('is the one that was chosen, counted from the left without the cashier’s, and that one from then on', () => {
    for (const screens of [[till, customers, wall], [wall, till, customers]]) {
      expect(customerScreen(screens, 1, rememberedScreen(wall), 1)).toBe(customers);
      expect(customerScreen(screens, 1, rememberedScreen(customers), 2)).toBe(wall);
    }
    const remembered = toRemember(customers, rememberedScreen(wall), 1);
    expect(customerScreen([till, customers, wall], 1, remembered, null)).toBe(customers);
    expect(customerScreen([till, customers], 1, rememberedScreen(customers), 2)).toBe(customers);
  });
  it('is asked for without a value, and takes no other option for its own', () => {
    expect(withDisplayValue(['--customer-display', '--training', '--home', '/till'])).toEqual(['--customer-display=window', '--training', '--home', '/till']);
    expect(withDisplayValue(['--customer-display=2'])).toEqual(['--customer-display=2']);
  });
  it('is asked for by a number or as a window', () => {
    expect(askedDisplay('2')).toEqual({ inWindow: false, screen: 2 });
    for (const text of ['window', true]) expect(askedDisplay(text)).toEqual({ inWindow: true, screen: null });
    for (const text of [undefined, '', '0', 'wall', false]) expect(askedDisplay(text)).toEqual({ inWindow: false, screen: null });
  });
});
