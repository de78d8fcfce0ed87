/** Which of the keys that were set up for one identity a request is made with: the newest, and while that is refused one from before it (CASES 6). */
import type { Outcome } from '../gateways/gateway.ts';
import type { ConfiguredGateway } from './runner.ts';

export class KeysInTurn {
  private readonly refused = new WeakSet<ConfiguredGateway>();
  private readonly taken = new WeakSet<ConfiguredGateway>();

  /**
   * The one to use; null where there is none. A new sale goes out under the newest alone: nobody may sell under a wrong key
   * without hearing of it.
   * @param blocks all that is set up under the identity, newest first
   */
  next(blocks: readonly ConfiguredGateway[], isNewSale: boolean): ConfiguredGateway | null {
    const [newest = null] = blocks;
    if (isNewSale) return newest;
    const usable = blocks.find((block) => !this.refused.has(block));
    if (usable !== undefined) return usable;
    // The gateway may have been wrong for a moment: all of them are tried again.
    for (const block of blocks) this.refused.delete(block);
    return newest;
  }

  refuse(block: ConfiguredGateway): void {
    this.refused.add(block);
  }

  isRefused(block: ConfiguredGateway): boolean {
    return this.refused.has(block);
  }

  /** True where the newest of several keys turns out to be taken, until that was noted: those before it are needed no more. */
  isNewsThatTaken(block: ConfiguredGateway, blocks: readonly ConfiguredGateway[], outcome: Outcome): boolean {
    return blocks.length >= 2 && block === blocks[0] && onlyToAKeyThatIsTaken(outcome) && !this.taken.has(block);
  }

  noteTaken(block: ConfiguredGateway): void {
    this.taken.add(block);
  }
}

/** Words that no gateway says before it has looked at the key; a refusal may have come before that. */
function onlyToAKeyThatIsTaken({ kind }: Outcome): boolean {
  return kind === 'paid' || kind === 'shown' || kind === 'waiting' || kind === 'reversed' || kind === 'refunded' || kind === 'refundPending';
}
