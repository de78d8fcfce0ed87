/** Which screen the customer looks at: never the cashier's; the one it was last, where it is there again. */

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

/** Null where there is no screen but the cashier's. */
export function customerScreen<Screen extends KnownScreen>(screens: readonly Screen[], cashiers: number, remembered: RememberedScreen | null): Screen | null {
  const others = screens.filter(({ id }) => id !== cashiers);
  if (remembered === null) return others[0] ?? null;
  return others.find(({ id }) => id === remembered.id) ?? others.find((screen) => isSamePlace(screen, remembered)) ?? others[0] ?? null;
}

export function rememberedScreen({ id, bounds }: KnownScreen): RememberedScreen {
  return { id, x: bounds.x, y: bounds.y, width: bounds.width, height: bounds.height };
}

function isSamePlace({ bounds }: KnownScreen, { x, y, width, height }: RememberedScreen): boolean {
  return bounds.x === x && bounds.y === y && bounds.width === width && bounds.height === height;
}
