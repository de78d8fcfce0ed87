/** Every code point by chance, for texts that may be anything. */
import * as fc from 'fast-check';

const surrogatesBegin = 0xd800;
const surrogates = 0x800;

/** As fast-check's own unit `binary`, which first lists all 1.1 million of them: a second in each process that only imports it. */
export const codePoint: fc.Arbitrary<string> = fc.nat(0x10ffff - surrogates).map((place) => String.fromCodePoint(place < surrogatesBegin ? place : place + surrogates));
