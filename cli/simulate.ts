/** `till simulate`: the seeded simulation over production code. */
import { simulate } from '../simulation/simulate.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import type { Output } from './output.ts';

export async function simulateCommand(options: { readonly payments: string; readonly seed: string }, output: Output): Promise<number> {
  const payments = wholeNumber('--payments', options.payments);
  const seed = wholeNumber('--seed', options.seed);
  const summary = await simulate({
    payments,
    seed,
    onBroken: ({ rule, detail, seed: subSeed, replay, timeline }) => {
      output.line({ rule, detail, seed: subSeed, replay, timeline }, `${rule}: ${detail}\n  seed ${subSeed}, replay: ${replay}\n${timeline.map((line) => `    ${line}`).join('\n')}`);
    },
  });
  const { digest: _digest, ...shown } = summary;
  output.line(shown, Object.entries(shown).map(([name, value]) => `${name} ${value}`).join(', '));
  return summary.brokenRules === 0 ? exitCodes.done : exitCodes.broken;
}

function wholeNumber(option: string, text: string): number {
  if (!/^[0-9]{1,15}$/.test(text)) throw new CommandEnd(exitCodes.wrongUsage, `${option}: not a whole number: ${text.slice(0, 20)}`);
  return Number(text);
}
