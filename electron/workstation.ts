/** What this workstation remembers: the window's size, the customer's screen and the cashier's preferences. Never money, never secrets. */
import Store from 'electron-store';
import { z } from 'zod';
import { defaultPreferences, preferencesSchema } from '../core/contract/schemas.ts';
import type { Preferences } from '../core/contract/types.ts';
import type { RememberedScreen } from './which-display.ts';

export interface WindowSize {
  readonly width: number;
  readonly height: number;
  readonly maximized: boolean;
}

export interface Workstation {
  windowSize(): WindowSize;
  rememberWindowSize(size: WindowSize): void;
  /** Where the customer's window stood last; null where it never did. */
  customerScreen(): RememberedScreen | null;
  rememberCustomerScreen(screen: RememberedScreen): void;
  preferences(): Preferences;
  /** False where they aren't preferences; then the old ones stay. */
  rememberPreferences(preferences: unknown): boolean;
}

/** The smallest screen that the screens are drawn for. */
export const smallestWindow = { width: 1024, height: 700 } as const;
const firstWindow: WindowSize = { width: 1280, height: 800, maximized: false };

const windowSizeSchema: z.ZodType<WindowSize> = z.strictObject({
  width: z.int().min(smallestWindow.width).max(20_000),
  height: z.int().min(smallestWindow.height).max(20_000),
  maximized: z.boolean(),
});

const customerScreenSchema: z.ZodType<RememberedScreen> = z.strictObject({ id: z.number(), x: z.number(), y: z.number(), width: z.number(), height: z.number() });

export function openWorkstation(): Workstation {
  // A file that somebody has broken must not keep the till from opening: it starts anew.
  const store = new Store<Record<'window' | 'preferences' | 'customerScreen', unknown>>({ name: 'workstation', clearInvalidConfig: true });
  return {
    windowSize: () => windowSizeSchema.safeParse(store.get('window')).data ?? firstWindow,
    rememberWindowSize: (size) => store.set('window', size),
    customerScreen: () => customerScreenSchema.safeParse(store.get('customerScreen')).data ?? null,
    rememberCustomerScreen: (screen) => store.set('customerScreen', screen),
    preferences: () => preferencesSchema.safeParse(store.get('preferences')).data ?? defaultPreferences,
    rememberPreferences(preferences) {
      const parsed = preferencesSchema.safeParse(preferences);
      if (parsed.success) store.set('preferences', parsed.data);
      return parsed.success;
    },
  };
}
