/** Control calls of Shouqianba alone: its back office and what happens to a terminal behind the till's back. */
import { z } from 'zod';
import type { Json } from '../model.ts';
import type { Counter } from './gateway-side.ts';
import { sendMadeUp } from './notice-control.ts';
import type { ControlAnswer } from './notice-control.ts';
import { platformPublicKey, sendCallback } from './shouqianba-callback.ts';
import type { CallbackSettings } from './shouqianba-callback.ts';
import { usualUses } from './shouqianba-terminals.ts';
import type { Terminals } from './shouqianba-terminals.ts';

const schemas = {
  /** Where callbacks go; null: none are sent. */
  callback: z.strictObject({ url: z.url().nullable() }),
  /** Whether a check-in kills the key before. */
  terminal: z.strictObject({ oldKey: z.enum(['dies', 'lives']) }),
  /** A new activation code, good for so many terminals. */
  'activation-code': z.strictObject({ code: z.string().min(1).max(32), uses: z.number().int().min(0).max(1000).default(usualUses) }),
  /** Another till checks in under the number of ours. */
  'checkin-elsewhere': z.strictObject({ terminal: z.string().min(1).optional() }),
  'public-key': z.unknown(),
} as const;

export function controlShouqianba(counter: Counter, terminals: Terminals, callbacks: CallbackSettings, ownTerminal: string, name: string, body: unknown): ControlAnswer | null {
  if (name === 'notice') return sendMadeUp(counter, 'shouqianba', body, (given) => sendCallback(counter, callbacks, given, [0]));
  if (!isName(name)) return null;
  const parsed = schemas[name].safeParse(body);
  if (!parsed.success) return { status: 400, json: { message: z.prettifyError(parsed.error) } };
  return { status: 200, json: carryOut(terminals, callbacks, ownTerminal, name, parsed.data) };
}

function carryOut(terminals: Terminals, callbacks: CallbackSettings, ownTerminal: string, name: keyof typeof schemas, given: unknown): Json {
  switch (name) {
    case 'callback':
      callbacks.url = schemas.callback.parse(given).url;
      return { url: callbacks.url };
    case 'terminal':
      terminals.oldKey = schemas.terminal.parse(given).oldKey;
      return { oldKey: terminals.oldKey };
    case 'activation-code': {
      const { code, uses } = schemas['activation-code'].parse(given);
      terminals.addCode(code, uses);
      return { code, uses };
    }
    case 'checkin-elsewhere': {
      const terminal = schemas['checkin-elsewhere'].parse(given).terminal ?? ownTerminal;
      if (!terminals.knows(terminal)) return { done: false };
      terminals.rotate(terminal);
      return { done: true };
    }
    case 'public-key':
      return { publicKey: platformPublicKey() };
  }
}

function isName(name: string): name is keyof typeof schemas {
  return Object.hasOwn(schemas, name);
}
