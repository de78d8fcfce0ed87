/** OMoney's access token (document 1.7): client credentials, good for `expires_in` seconds. */
import { z } from 'zod';
import type { WireAnswer } from '../../ports.ts';
import type { TokenAnswer } from '../gateway.ts';
import { readJsonObject } from '../json.ts';
import { decidingText, shownText } from '../wire-fields.ts';
import { codeForPeople, wordsForPeople } from '../words.ts';

const tokenSchema = z.object({ access_token: decidingText, token_type: decidingText, expires_in: decidingText });
const errorSchema = z.object({ error: shownText, error_description: shownText, message: shownText });

/** RFC 6749 only recommends `expires_in`: a token that comes without is used for a minute, and a 401 ends it earlier. */
const secondsUnsaid = '60';

/** The answer to the request for a token; total. No part of a token is ever in the evidence. */
export function readToken(answer: WireAnswer): TokenAnswer {
  const json = readJsonObject(answer.body);
  const read = tokenSchema.safeParse(json);
  if (answer.status === 200 && read.success) {
    const { access_token: token, token_type: type } = read.data;
    const expires = read.data.expires_in === '' ? secondsUnsaid : read.data.expires_in;
    const isToken = /^[\x21-\x7e]{1,4096}$/.test(token) && type.toLowerCase() === 'bearer' && /^[0-9]{1,9}$/.test(expires) && Number(expires) > 0;
    if (isToken) return { kind: 'token', token, expiresInSeconds: Number(expires) };
  }
  const error = errorSchema.safeParse(json);
  const said = error.success ? [error.data.error, error.data.message] : [];
  const evidence = { code: codeForPeople([String(answer.status), said[0] ?? ''], null), words: wordsForPeople(error.success ? error.data.error_description || error.data.message : '', null) };
  // Only words with a status that speaks of the request refuse the credentials; anything else may pass.
  const isRefusal = answer.status >= 400 && answer.status <= 403 && said.some((text) => text !== '');
  return isRefusal ? { kind: 'refused', evidence } : { kind: 'unknown', evidence };
}
