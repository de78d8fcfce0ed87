/** Reads a font's big-endian numbers one after the other. */

export class ByteReader {
  position = 0;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  skip(count: number): void {
    this.position += count;
  }

  bytes(count: number): Uint8Array {
    const start = this.#advance(count);
    if (this.position > this.#bytes.length) throw new RangeError('the font ends too early');
    return this.#bytes.subarray(start, this.position);
  }

  tag(): string {
    return new TextDecoder('latin1').decode(this.bytes(4));
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2));
  }

  i16(): number {
    return this.#view.getInt16(this.#advance(2));
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4));
  }

  /** UIntBase128: seven bits a byte, the top bit says that more follow. */
  base128(): number {
    let value = 0;
    for (let count = 0; count < 5; count += 1) {
      const byte = this.u8();
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
    throw new RangeError('a number of the font is too long');
  }

  /** 255UInt16: one byte up to 252, three codes for more. */
  short255(): number {
    const code = this.u8();
    if (code === 253) return this.u16();
    if (code === 254) return this.u8() + 506;
    if (code === 255) return this.u8() + 253;
    return code;
  }

  #advance(count: number): number {
    const start = this.position;
    this.position += count;
    return start;
  }
}
