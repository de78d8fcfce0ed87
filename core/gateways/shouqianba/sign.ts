/** Shouqianba's signatures: ours over a request (document 2.2), the platform's over a callback (FIELD). */
import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { md5Hex } from '../md5.ts';

/** The `Authorization` header: who signs, and the signature in lower case. `body` must be the very bytes that are sent. */
export function authorization(signer: string, key: string, body: Uint8Array): string {
  return `${signer} ${md5Hex(body, key)}`;
}

export function isPublicKey(text: string): boolean {
  return publicKeyFrom(text) !== null;
}

/** Whether `signature` (Base64) is the platform's, SHA256withRSA over exactly these bytes. */
export function isSignedByPlatform(body: Uint8Array, signature: string, publicKey: string): boolean {
  const key = publicKeyFrom(publicKey);
  return key !== null && isBase64(signature) && verify('sha256', body, key, bytesOf(signature));
}

/** PEM, or the Base64 inside it alone, as it is copied from a page; null where it is no RSA key. */
function publicKeyFrom(text: string): KeyObject | null {
  const inner = text.replace(/-----(?:BEGIN|END) PUBLIC KEY-----/g, '').replace(/\s+/g, '');
  if (!isBase64(inner)) return null;
  try {
    const key = createPublicKey(`-----BEGIN PUBLIC KEY-----\n${(inner.match(/.{1,64}/g) ?? []).join('\n')}\n-----END PUBLIC KEY-----\n`);
    return key.asymmetricKeyType === 'rsa' ? key : null;
  } catch {
    return null;
  }
}

/** Whole groups of four alone: what decodes two ways is refused. */
function isBase64(text: string): boolean {
  return text !== '' && text.length <= 8192 && text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
