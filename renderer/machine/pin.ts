/** The digits of a PIN while it is typed: held where nothing can print them, and given out once. */

/** The longest PIN that a shop may set (`staff.pinDigits`). */
const pinDigitsMost = 8;

/** A typed PIN. Written out as text or JSON it is its dots: its digits come out through `digits` alone, into a request. */
export class Pin {
  static readonly empty = new Pin('');
  readonly #typed: string;

  private constructor(typed: string) {
    this.#typed = typed;
  }

  get length(): number {
    return this.#typed.length;
  }

  /** With one more digit; the same where `key` is no digit or the PIN is as long as it can be. */
  with(key: string, most = pinDigitsMost): Pin {
    return /^[0-9]$/.test(key) && this.length < most ? new Pin(this.#typed + key) : this;
  }

  withoutLast(): Pin {
    return this.length === 0 ? this : new Pin(this.#typed.slice(0, -1));
  }

  same(other: Pin): boolean {
    return this.#typed === other.#typed;
  }

  /** For the request that carries it, and for nothing else. */
  digits(): string {
    return this.#typed;
  }

  toString(): string {
    return '•'.repeat(this.length);
  }

  toJSON(): string {
    return this.toString();
  }
}
