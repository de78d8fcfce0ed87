/** One configuration that the till holds for its whole life, and whose content follows the settings. */
import type { TillConfiguration } from '../core/configuration.ts';

export interface LiveConfiguration {
  readonly configuration: TillConfiguration;
  replace(next: TillConfiguration): void;
}

/**
 * Whoever reads the configuration when it is needed gets what holds now. `gateways` stays one and the same map, so that
 * it may be handed on; the shop's currency, the terminal's name and the length of PINs hold until the next start.
 */
export function liveConfiguration(first: TillConfiguration): LiveConfiguration {
  let now = first;
  const gateways = new Map(first.gateways);
  const configuration = Object.defineProperties({}, Object.fromEntries((Object.keys(first) as (keyof TillConfiguration)[]).map((key) => [key, {
    enumerable: true,
    get: () => (key === 'gateways' ? gateways : now[key]),
  }]))) as TillConfiguration;
  return {
    configuration,
    replace(next) {
      now = next;
      for (const id of gateways.keys()) if (!next.gateways.has(id)) gateways.delete(id);
      for (const [id, configured] of next.gateways) gateways.set(id, configured);
    },
  };
}
