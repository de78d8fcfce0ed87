/** Exchange rates as exact decimals: one type for the two forms in which Omipay states them (ERRATA, Omipay 3.1 / 3.8). */

/** `digits` × 10^-`scale`, without trailing zeros; both are kept as text and integer so that no float ever touches a rate. */
export interface ExactDecimal {
  readonly digits: string;
  readonly scale: number;
}

/** Reads `5.01540000` as it stands in an answer's text. Null where it is no plain non-negative decimal. */
export function exactDecimal(text: string): ExactDecimal | null {
  const match = /^([0-9]{1,15})(?:\.([0-9]{1,15}))?$/.exec(text);
  if (!match) return null;
  return normalised((match[1] ?? '') + (match[2] ?? ''), (match[2] ?? '').length);
}

/** Reads an integer that is the rate × 10^`scale`: Omipay's `exchange_rate` 650000000 with scale 8 is 6.5. */
export function scaledDecimal(value: unknown, scale: number): ExactDecimal | null {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text !== 'string' || !/^[0-9]{1,15}$/.test(text)) return null;
  return normalised(text, scale);
}

/** The decimal as people write it: `6.5`. */
export function decimalText(decimal: ExactDecimal): string {
  const padded = decimal.digits.padStart(decimal.scale + 1, '0');
  const whole = padded.slice(0, padded.length - decimal.scale);
  return decimal.scale === 0 ? whole : `${whole}.${padded.slice(padded.length - decimal.scale)}`;
}

function normalised(digits: string, scale: number): ExactDecimal {
  let kept = digits.replace(/^0+(?=\d)/, '');
  let places = scale;
  while (places > 0 && kept.endsWith('0') && kept.length > 1) {
    kept = kept.slice(0, -1);
    places -= 1;
  }
  return { digits: kept, scale: kept === '0' ? 0 : places };
}
