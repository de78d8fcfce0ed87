/** Which screen the customer looks at: never the cashier's; the one that was chosen, else the one it was first, where it is there again. */

/** What is looked at of a screen. */
export interface KnownScreen {
  readonly id: number;
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

/** A screen as it is remembered: systems give a screen another id when it is plugged in again, so its place and size count too. */
export interface RememberedScreen {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What was asked for at the start: a window of its own where there is no second screen, or one of several screens by its number. */
export interface AskedDisplay {
  readonly inWindow: boolean;
  /** Counted from 1, from left to right, the cashier's left out; null where nobody chose. */
  readonly screen: number | null;
}

/** Reads `--customer-display` or `SCANTILL_CUSTOMER_DISPLAY`: `window`, or a number. Anything else asks for nothing. */
export function askedDisplay(given: string | boolean | undefined): AskedDisplay {
  const isNumber = typeof given === 'string' && /^[1-9]$/.test(given);
  return { inWindow: given === true || given === 'window', screen: isNumber ? Number(given) : null };
}

/** The bare `--customer-display` takes no word after it for its own. */
export function withDisplayValue(given: readonly string[]): string[] {
  return given.map((word) => (word === '--customer-display' ? '--customer-display=window' : word));
}

/** Null where there is no screen but the cashier's. @param chosen a number as in `AskedDisplay` */
export function customerScreen<Screen extends KnownScreen>(screens: readonly Screen[], cashiers: number, remembered: RememberedScreen | null, chosen: number | null): Screen | null {
  const others = screens.filter(({ id }) => id !== cashiers);
  const byNumber = chosen === null ? undefined : fromTheLeft(others)[chosen - 1];
  if (byNumber !== undefined) return byNumber;
  if (remembered === null) return others[0] ?? null;
  return others.find((screen) => isRemembered(screen, remembered)) ?? others.find((screen) => isSamePlace(screen, remembered)) ?? others[0] ?? null;
}

/** What is remembered once the customer's window stands there: a substitute, while its own screen is away, takes nothing of its place. */
export function toRemember(found: KnownScreen, remembered: RememberedScreen | null, chosen: number | null): RememberedScreen {
  if (chosen !== null || remembered === null) return rememberedScreen(found);
  return isRemembered(found, remembered) || isSamePlace(found, remembered) ? rememberedScreen(found) : remembered;
}

export function rememberedScreen({ id, bounds }: KnownScreen): RememberedScreen {
  return { id, x: bounds.x, y: bounds.y, width: bounds.width, height: bounds.height };
}

function fromTheLeft<Screen extends KnownScreen>(screens: readonly Screen[]): readonly Screen[] {
  return [...screens].sort((left, right) => left.bounds.x - right.bounds.x || left.bounds.y - right.bounds.y);
}

function isRemembered({ id }: KnownScreen, remembered: RememberedScreen): boolean {
  return id === remembered.id;
}

function isSamePlace({ bounds }: KnownScreen, { x, y, width, height }: RememberedScreen): boolean {
  return bounds.x === x && bounds.y === y && bounds.width === width && bounds.height === height;
}
