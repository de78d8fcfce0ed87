/** Gateways in the language of the screen: the till names them in both, and its messages name them by their id. */
import { createContext } from 'react';
import type { Locale, Message } from '../../core/contract/types.ts';

export interface NamedGateway {
  readonly id: string;
  readonly names: Readonly<Record<Locale, string>>;
}

/** The gateways of the till's status. */
export const GatewaysContext = createContext<readonly NamedGateway[]>([]);

/** The message with its gateway's name for its id; what is no gateway's id stays as it stands. */
export function withGatewayName(message: Message, gateways: readonly NamedGateway[], locale: Locale): Message {
  const named = gateways.find((gateway) => gateway.id === message.values['gateway']);
  return named ? { ...message, values: { ...message.values, gateway: named.names[locale] } } : message;
}
