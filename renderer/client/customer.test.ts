/** Tests of what reaches the customer display: after the cashier's picture, the newest alone, and all of it again after a loss. */
import { describe, expect, it } from 'vitest';
import type { CustomerDisplay } from '../../core/contract/types.ts';
import { customerTeller } from './customer.ts';

function display(minor: number): CustomerDisplay {
  return { shop: { name: 'S', locale: 'en', timezone: 'UTC', training: false }, shows: { kind: 'amount', amount: { minor, currency: 'CNY' } } };
}

function bench(answer: () => Promise<boolean> = () => Promise.resolve(true)) {
  const told: CustomerDisplay[] = [];
  const taken: boolean[] = [];
  const pictures: (() => void)[] = [];
  const tell = customerTeller({
    show: (shown) => {
      told.push(shown);
      return answer();
    },
    onTaken: (up) => taken.push(up),
    afterPicture: (action) => pictures.push(action),
  });
  return { tell, told, taken, picture: () => pictures.shift()?.() };
}

describe('the customer display', () => {
  it('is told nothing before the cashier has the picture', () => {
    const { tell, told, picture } = bench();
    tell(display(1));
    expect(told).toEqual([]);
    picture();
    expect(told).toEqual([display(1)]);
  });
  it('gets the newest of what changed meanwhile, and nothing twice', () => {
    const { tell, told, picture } = bench();
    tell(display(1));
    tell(display(2));
    picture();
    tell(display(2));
    picture();
    expect(told).toEqual([display(2)]);
  });
  it('is told again after this screen was not the till’s for a while', () => {
    const { tell, told, picture } = bench();
    tell(display(1));
    picture();
    tell(null);
    tell(display(1));
    picture();
    expect(told).toHaveLength(2);
  });
  it('that is lost counts as none, and hears the next change', async () => {
    const { tell, taken, told, picture } = bench(() => Promise.reject(new Error('gone')));
    tell(display(1));
    picture();
    await Promise.resolve();
    await Promise.resolve();
    expect(taken).toEqual([false]);
    tell(display(1));
    picture();
    expect(told).toHaveLength(2);
  });
});
