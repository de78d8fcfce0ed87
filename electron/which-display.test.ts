/** Tests of which screen the customer's window stands on: found by itself, remembered, and there again after it was unplugged. */
import { describe, expect, it } from 'vitest';
import { customerScreen, rememberedScreen, type KnownScreen } from './which-display.ts';

function screen(id: number, x: number, width = 1280): KnownScreen {
  return { id, bounds: { x, y: 0, width, height: 800 } };
}

const [till, customers, wall] = [screen(1, 0), screen(2, 1280, 1024), screen(3, 2304, 1920)];

describe('the customer’s screen', () => {
  it('is nothing where there is one screen', () => expect(customerScreen([till], 1, null)).toBeNull());
  it('is found by itself', () => expect(customerScreen([till, customers], 1, null)).toBe(customers));
  it('is never the one that the cashier looks at, also where that was moved', () => {
    expect(customerScreen([till, customers], 2, null)).toBe(till);
    expect(customerScreen([till, customers], 2, rememberedScreen(customers))).toBe(till);
  });
  it('is the one it was last', () => expect(customerScreen([till, customers, wall], 1, rememberedScreen(wall))).toBe(wall));
  it('is known again by its place where the system gave it another number', () => {
    const again = { ...wall, id: 77 };
    expect(customerScreen([till, customers, again], 1, rememberedScreen(wall))).toBe(again);
  });
  it('is another one while its own is unplugged', () => expect(customerScreen([till, customers], 1, rememberedScreen(wall))).toBe(customers));
});
