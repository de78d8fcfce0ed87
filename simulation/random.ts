/** Chance out of a seed: the same seed gives the same history, on every machine. */

/** The seed of the history `index` of a run; the first history's is the run's own, so that it can be replayed alone. */
export function subSeed(seed: number, index: number): number {
  return index === 0 ? seed >>> 0 : mixed((seed >>> 0) + Math.imul(index, 0x9e3779b9));
}

/** xoshiro128**, seeded by splitmix32: small, fast, and good enough that no fault follows another by a pattern. */
export class SeededRandom {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(seed: number) {
    this.#a = mixed(seed + 0x9e3779b9);
    this.#b = mixed(seed + 0x3c6ef372);
    this.#c = mixed(seed + 0xdaa66d2b);
    this.#d = mixed(seed + 0x78dde6e4) | 1;
  }

  /** 32 random bits. */
  bits(): number {
    const scrambled = Math.imul(rotated(Math.imul(this.#b, 5), 7), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = rotated(this.#d, 11);
    return scrambled;
  }

  /** From 0, below 1. */
  fraction(): number {
    return this.bits() / 4_294_967_296;
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** An integer, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.fraction() * (most - least + 1));
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item {
    return items[this.between(0, items.length - 1)] ?? items[0];
  }

  /** A key of the table, each as likely as its weight says. */
  weighted<Name extends string>(weights: Readonly<Record<Name, number>>): Name {
    const names = Object.keys(weights) as Name[];
    let rest = this.fraction() * names.reduce((sum, name) => sum + weights[name], 0);
    for (const name of names) {
      rest -= weights[name];
      if (rest < 0) return name;
    }
    return names.at(-1) as Name;
  }

  digits(count: number): string {
    let text = '';
    while (text.length < count) text += String(this.bits()).padStart(10, '0').slice(1);
    return text.slice(0, count);
  }

  bytes(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    for (let index = 0; index < length; index += 1) bytes[index] = this.bits() >>> 11;
    return bytes;
  }

  /** A stream of its own, so that more of one thing doesn't shift every other. */
  fork(): SeededRandom {
    return new SeededRandom(this.bits());
  }
}

function rotated(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

function mixed(seed: number): number {
  let value = seed | 0;
  value = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  value = Math.imul(value ^ (value >>> 15), 0x735a2d97);
  return (value ^ (value >>> 15)) >>> 0;
}
