/** OMoney, with one rule broken in each copy. */
import { bug, type PlantedBug } from '../planted-bugs.ts';

export const bugs: readonly PlantedBug[] = [
  bug('the amount is not compared', ['outcomes.ts', "minorFromDecimal(this.fields.amount, this.#attempt.amount.currency) === minor", "minorFromDecimal(this.fields.amount, this.#attempt.amount.currency) !== null && minor > 0"]),
  bug('the number is not compared', ['outcomes.ts', 'return this.fields.order_id === this.#attempt.attemptRef && this', "return this.fields.order_id !== '' && this"]),
  bug('a link is followed anywhere', ['links.ts', 'return isPlain && url.origin === new URL(baseUrl).origin ? href : null;', "return isPlain && baseUrl !== '' ? href : null;"]),
  bug('a cancel that was taken is undone', ['outcomes.ts', "  return { kind: 'unknown', why: row.means === 'taken' ? 'gatewayUnsure' : 'reversalRefused', order: reading.order(), evidence: reading.evidence };", "  return row.means === 'taken' ? { kind: 'reversed', order: reading.order(), evidence: reading.evidence } : reading.unknown('reversalRefused');"]),
  bug('the token stands in the address', ['requests.ts', "{ method: 'POST', url: settings.baseUrl + path,", "{ method: 'POST', url: `${settings.baseUrl}${path}?access_token=${moment.token}`,"]),
  bug('the secret stands in the address', ['requests.ts', 'grant_type=client_credentials&scope=write,read`', 'grant_type=client_credentials&scope=write,read&client_secret=${settings.clientSecret}`']),
  bug('money that somebody has yet to take is paid', ['table.ts', "UNCAPTURE: { means: 'unsure'", "UNCAPTURE: { means: 'paid'"]),
  bug('a refund is sent again', ['index.ts', "repeat: 'never'", "repeat: 'whenMoreThanHalf'"]),
  bug('yen without their decimals', ['requests.ts', "return currencyDecimals(amount.currency) === 0 ? `${amountDigits(amount)}.00` : amountDigits(amount);", 'return amountDigits(amount);'], ['requests.ts', "import { currencyDecimals } from '../../money/currency.ts';\n", '']),
  bug('who asks for a token is told in other letters', ['requests.ts', 'btoa(`${clientId}:${clientSecret}`)', 'btoa(`${clientId}:${clientSecret}`).replaceAll(\'=\', \'\')']),
];
