/** Which setting a gateway's refusal is about, so that the message to the owner names the one to correct. */
import { keptKey } from '../terminal/filled.ts';
import type { Gateway } from '../gateways/gateway.ts';

/** A gateway and its block of settings. */
interface RefusingGateway {
  readonly gateway: Pick<Gateway, 'id' | 'secretKeys' | 'terminal' | 'settingsOfWords'>;
  readonly settings: unknown;
}

/** The secret that a request was signed with: `gateways.omipay.secretKey`. */
export function secretAtFault({ gateway }: Pick<RefusingGateway, 'gateway'>): string {
  return `gateways.${gateway.id}.${gateway.secretKeys[0] ?? ''}`;
}

/** The number that these words refuse; the whole block where they don't say which. @param code the words as evidence has them: `FAIL/MERCHANTNO_INVALID` */
export function numberAtFault({ gateway }: Pick<RefusingGateway, 'gateway'>, code: string | null): string {
  const words = gateway.settingsOfWords ?? {};
  const word = code?.split('/').find((part) => Object.hasOwn(words, part));
  return word === undefined ? `gateways.${gateway.id}` : `gateways.${gateway.id}.${words[word] ?? ''}`;
}

/** True where an activation gave the key: it stands in no settings, and only another activation corrects it. */
export function keyIsKeptApart({ gateway, settings }: RefusingGateway): boolean {
  return gateway.terminal !== undefined && gateway.terminal.terminalOf(settings).key === keptKey;
}
