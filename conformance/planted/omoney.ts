/** OMoney, with one rule broken in each copy. */
import { bug, type PlantedBug } from '../planted-bugs.ts';

export const bugs: readonly PlantedBug[] = [
  bug('the amount is not compared', ['outcomes.ts', "minorFromDecimal(this.fields.amount, this.#attempt.amount.currency) === minor", "minorFromDecimal(this.fields.amount, this.#attempt.amount.currency) !== null && minor > 0"]),
  bug('the number is not compared', ['outcomes.ts', 'return ours === attemptRef && (gatewayRef', "return ours !== '' && (gatewayRef"]),
  bug('a link is followed anywhere', ['links.ts', 'return isPlain && url.origin === new URL(baseUrl).origin ? href : null;', "return isPlain && baseUrl !== '' ? href : null;"]),
  bug('a cancel that was taken is undone', ['outcomes.ts', "  return { kind: 'unknown', why: row.means === 'taken' ? 'gatewayUnsure' : 'reversalRefused', order: reading.order(), evidence: reading.evidence };", "  return row.means === 'taken' ? { kind: 'reversed', order: reading.order(), evidence: reading.evidence } : reading.unknown('reversalRefused');"]),
  bug('the token stands in the address', ['requests.ts', "{ method: 'POST', url: settings.baseUrl + path,", "{ method: 'POST', url: `${settings.baseUrl}${path}?access_token=${moment.token}`,"]),
  bug('the secret stands in the address', ['requests.ts', 'grant_type=client_credentials&scope=write,read`', 'grant_type=client_credentials&scope=write,read&client_secret=${settings.clientSecret}`']),
];
