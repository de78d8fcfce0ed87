/** Blocks of settings.json whose terminal was activated here: number and key come from the secrets of this home (CASES 32, 33). */
import { z } from 'zod';
import type { GatewayBlock } from '../core/contract/settings.ts';
import type { Gateway } from '../core/gateways/gateway.ts';
import type { Secrets } from '../core/ports.ts';
import { filledBlock, formerBlocks } from '../core/terminal/filled.ts';
import { readTerminalFile, type TerminalFile } from '../core/terminal/store.ts';
import { sameIdentity } from '../core/configuration.ts';

type Block = Readonly<Record<string, unknown>>;

/** The gateways with schemas that take a block without its terminal, where one was activated. Looked up at each reading. */
export function withActivatedTerminals(gateways: readonly Gateway[], secrets: Secrets): readonly Gateway[] {
  return gateways.map((gateway) => {
    const { terminal } = gateway;
    if (terminal === undefined) return gateway;
    return { ...gateway, settings: z.preprocess((block) => (isBlock(block) ? filledBlock(block, terminal, fileOf(secrets, gateway.id)) : block), gateway.settings) };
  });
}

/** The gateway as it was under each other terminal of this till: asked about what was sent under that one alone (CASES 6). */
export function formerTerminals(secrets: Secrets): (gateway: Gateway, block: GatewayBlock) => readonly GatewayBlock[] {
  return (gateway, block) => {
    if (gateway.terminal === undefined || !isBlock(block.settings)) return [];
    const now = gateway.identity(block.settings);
    return formerBlocks(block.settings, gateway.terminal, fileOf(secrets, gateway.id)).flatMap((former) => {
      const parsed = gateway.settings.safeParse(former);
      return parsed.success && !sameIdentity(gateway.identity(parsed.data), now) ? [{ ...block, settings: parsed.data }] : [];
    });
  };
}

/** One that can't be read fills nothing in: what is missing then is named, and nothing is written over it. */
function fileOf(secrets: Secrets, gatewayId: string): TerminalFile | null {
  try {
    return readTerminalFile(secrets, gatewayId);
  } catch {
    return null;
  }
}

function isBlock(value: unknown): value is Block {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
