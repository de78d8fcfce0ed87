/** A gateway's block of settings.json with the terminal that an activation gave, where the block leaves number and key out. */
import type { TerminalRule } from '../gateways/terminal-rule.ts';
import type { TerminalFile } from './store.ts';

/** What stands for a key that is kept among the secrets: the settings in memory hold no key that a check-in would leave behind. */
export const keptKey = 'kept-among-the-secrets';

/** What stands in the block wins; the block is untouched where nothing is kept for it. */
export function filledBlock(block: Readonly<Record<string, unknown>>, { settingKeys }: Pick<TerminalRule, 'settingKeys'>, file: TerminalFile | null): Readonly<Record<string, unknown>> {
  const { baseUrl } = block;
  if (file === null || typeof baseUrl !== 'string' || !URL.canParse(baseUrl)) return block;
  const { origin } = new URL(baseUrl);
  const number = block[settingKeys.number] ?? (file.activated?.origin === origin ? file.activated.number : undefined);
  const keys = file.terminals.find((one) => one.origin === origin && one.number === number);
  return keys === undefined ? block : { ...block, [settingKeys.number]: keys.number, [settingKeys.key]: block[settingKeys.key] ?? keptKey };
}

/**
 * Blocks for the other terminals that were ever used here: what was sent under one is asked, undone and refunded under it
 * (CASES 6). @param block the gateway's own, whole
 */
export function formerBlocks(block: Readonly<Record<string, unknown>>, { settingKeys }: Pick<TerminalRule, 'settingKeys'>, file: TerminalFile | null): readonly Readonly<Record<string, unknown>>[] {
  return (file?.terminals ?? []).map(({ origin, number }) => ({ ...block, baseUrl: origin, [settingKeys.number]: number, [settingKeys.key]: keptKey }));
}
