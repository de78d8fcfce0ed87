/** What a gateway's courses really meet: the addresses that requests go to, and the words of the simulator's true answers. */
import type { Gateway } from '../core/gateways/gateway.ts';
import { playSale } from './course.ts';
import type { Variant } from './documents.ts';
import { dotted, jsonOf, leaves } from './falsify.ts';
import { Stand } from './stand.ts';

export interface Met {
  /** `POST /v1/payment`, without a query. */
  readonly addresses: ReadonlySet<string>;
  /** `status WAIT_PAY`: the field with dots, the word in capitals. */
  readonly words: ReadonlySet<string>;
}

/** Plays every script of the simulator under every block of settings. */
export async function metInCourses(gateway: Gateway, variants: readonly Variant[]): Promise<Met> {
  const [addresses, words] = [new Set<string>(), new Set<string>()];
  for (const variant of variants) {
    const stand = await Stand.open(gateway, variant);
    try {
      for (const direction of stand.directions) {
        for (const script of scriptsOf(stand)) {
          for (const { answer } of await playSale(stand, direction, script)) {
            const json = answer === null ? undefined : jsonOf(answer);
            for (const { path, value } of json === undefined ? [] : leaves(json)) words.add(wordKey(dotted(path), String(value)));
          }
        }
      }
      for (const address of stand.asked) addresses.add(address);
    } finally {
      await stand.close();
    }
  }
  return { addresses, words };
}

export function wordKey(field: string, word: string): string {
  return `${field} ${word.toUpperCase()}`;
}

/** Names of the simulator's list that are a script's own; the others are shorthand of one. */
function scriptsOf(stand: Stand): readonly string[] {
  return Object.keys(stand.simulator.codes).filter((name) => {
    try {
      stand.simulator.world.code(name);
      return true;
    } catch {
      return false;
    }
  });
}
