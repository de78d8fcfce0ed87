/** OMoney's amounts: `13,2` in the document, so always two decimals, whatever the currency has. */

/** Decimals of the currencies that differ from two, by ISO 4217. */
const unusualDigits: Readonly<Record<string, number>> = { JPY: 0, KRW: 0, CLP: 0, PYG: 0, VND: 0, UGX: 0, KWD: 3, BHD: 3, OMR: 3, JOD: 3, TND: 3 };

const form = /^(0|[1-9]\d{0,10})\.(\d{2})$/;

export function digitsOfCurrency(currency: string): number {
  return unusualDigits[currency] ?? 2;
}

/**
 * Minor units of the currency, or null where the text is not in the document's form or is no whole number of them:
 * 100 yen are `100.00`, and `100.50` are none. Of a dinar's three decimals the form leaves two.
 */
export function readAmount(text: string, currency: string): number | null {
  const parts = form.exec(text);
  if (parts === null) return null;
  const hundredths = Number(`${parts[1] ?? ''}${parts[2] ?? ''}`);
  switch (digitsOfCurrency(currency)) {
    case 0:
      return hundredths % 100 === 0 ? hundredths / 100 : null;
    case 3:
      return hundredths * 10;
    default:
      return hundredths;
  }
}

/** The reverse of `readAmount`. */
export function writeAmount(minorUnits: number, currency: string): string {
  const digits = digitsOfCurrency(currency);
  const hundredths = digits === 0 ? minorUnits * 100 : digits === 3 ? Math.trunc(minorUnits / 10) : minorUnits;
  const text = String(Math.abs(hundredths)).padStart(3, '0');
  return `${hundredths < 0 ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}
