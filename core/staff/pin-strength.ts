/** Which PINs are too easy to guess: what people choose first, and what others know about them. */

/** Straight down or up the middle of a number pad: among the first ten that are tried anywhere. */
const padLines: ReadonlySet<string> = new Set(['2580', '0852', '8520', '0258']);
const firstYear = 1950;
const lastYear = 2030;

/** True where a PIN (digits alone, 4 to 8) must not be taken, whoever wants it. */
export function isEasyPin(pin: string): boolean {
  return isRun(pin) || isRepeated(pin) || isPalindrome(pin) || isBlocks(pin) || padLines.has(pin) || isDate(pin);
}

/** 1234, 8765, 1111, 7890: every digit one step, or none, from the one before. */
function isRun(pin: string): boolean {
  const steps = new Set([...pin].slice(1).map((digit, at) => (Number(digit) - Number(pin[at]) + 10) % 10));
  return steps.size === 1 && [0, 1, 9].includes([...steps][0] ?? -1);
}

/** 1212, 123123, 12341234: a shorter PIN typed again. */
function isRepeated(pin: string): boolean {
  return [1, 2, 3, 4].some((length) => length < pin.length && pin.length % length === 0 && pin.slice(0, length).repeat(pin.length / length) === pin);
}

/** 1221, 123321. */
function isPalindrome(pin: string): boolean {
  return [...pin].toReversed().join('') === pin;
}

/** 1122, 777888, 112233: no digit stands alone. */
function isBlocks(pin: string): boolean {
  return /^(?:(\d)\1+)+$/.test(pin);
}

/** A year, a birthday, or both, in the orders in which people write them. */
function isDate(pin: string): boolean {
  const part = (from: number, to: number): number => Number(pin.slice(from, to));
  switch (pin.length) {
    case 4:
      return isYear(part(0, 4)) || isDayAndMonth(part(0, 2), part(2, 4));
    case 6:
      // Day and month before or after a short year; or a long year beside a month.
      return isDayAndMonth(part(0, 2), part(2, 4)) || isDayAndMonth(part(2, 4), part(4, 6)) || (isYear(part(0, 4)) && isMonth(part(4, 6))) || (isMonth(part(0, 2)) && isYear(part(2, 6)));
    case 8:
      return (isYear(part(0, 4)) && isDayAndMonth(part(4, 6), part(6, 8))) || (isDayAndMonth(part(0, 2), part(2, 4)) && isYear(part(4, 8)));
    default:
      return false;
  }
}

function isYear(year: number): boolean {
  return year >= firstYear && year <= lastYear;
}

function isMonth(month: number): boolean {
  return month >= 1 && month <= 12;
}

/** In either order. */
function isDayAndMonth(one: number, other: number): boolean {
  return isDayOf(one, other) || isDayOf(other, one);
}

function isDayOf(day: number, month: number): boolean {
  return isMonth(month) && day >= 1 && day <= ([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0);
}
