/** How a component tells the machine something: a touched cap is a pressed key. */
import { createContext, useContext } from 'react';
import type { Input } from '../machine/inputs.ts';

export const SendContext = createContext<(input: Input) => void>(() => undefined);

export function useSend(): (input: Input) => void {
  return useContext(SendContext);
}
