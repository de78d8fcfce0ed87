/** The pieces that the gateways' settings have in common (DESIGN.md 7), with messages that say what to write instead. */
import { z } from 'zod';

/** Text of 1 to `most` printable characters without blanks around it: what is copied by hand often brings one along. */
export function plainText(most: number) {
  return z
    .string('must be text in quotes')
    .min(1, 'must not be empty')
    .max(most, `must have at most ${most} characters`)
    .refine((text) => text.trim() === text, 'has a blank at its beginning or end: remove it')
    .refine((text) => !/\p{Cc}/u.test(text), 'holds a control character: type it again');
}

/** A number or key that travels in a header or a signature: printable ASCII without blanks. */
export function plainNumber(most: number) {
  return plainText(most).refine((text) => /^[\x21-\x7e]*$/.test(text), 'may hold letters, digits and signs only, no blanks');
}

/** `https:` anywhere, `http:` on this machine alone (DESIGN.md 7); no user, query or fragment. */
export function secureUrl(example: string) {
  return z.string(`must be an address such as ${example}`).superRefine((text, context) => {
    const problem = urlProblem(text, example);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  });
}

/** A base address: a secure URL without query; a slash at its end is dropped. */
export function baseAddress(example: string, path: 'withPath' | 'withoutPath') {
  return secureUrl(example)
    .superRefine((text, context) => {
      if (!URL.canParse(text)) return;
      const url = new URL(text);
      if (url.search !== '') context.addIssue({ code: 'custom', message: `must end before the "?": write it like ${example}` });
      if (path === 'withoutPath' && url.pathname !== '/') {
        context.addIssue({ code: 'custom', message: `must be scheme, host and port only, the till adds the path: write it like ${example}` });
      }
    })
    .transform((text) => text.replace(/\/+$/, ''));
}

const seconds = (most: number) => z.int(`must be a whole number of seconds`).min(1, 'must be at least 1 second').max(most, `must be at most ${most} seconds`);

/** `gateways.X.payment`: the till-wide `payment` block, overridden for this gateway. */
export const paymentOverride = z.strictObject({
  maximumAmount: z.string('must be an amount in quotes such as "50000.00"').regex(/^[0-9]{1,8}(\.[0-9]{1,2})?$/, 'must be an amount such as 50000.00').optional(),
  deadlineSeconds: seconds(180).optional(),
  presentSeconds: seconds(900).optional(),
  reverseNotBeforeSeconds: seconds(180).optional(),
  pollIntervalSeconds: seconds(180).optional(),
  answerTimeoutSeconds: seconds(180).optional(),
});

/** The keys that every gateway's block may have. */
export const commonSettings = { payment: paymentOverride.optional(), supportPhone: plainText(64).optional() };

function urlProblem(text: string, example: string): string | null {
  if (!URL.canParse(text)) return `is no address: write it like ${example}`;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or password';
  if (url.hash !== '' || text.endsWith('#')) return 'must not hold a "#"';
  if (url.protocol === 'https:') return null;
  if (url.protocol !== 'http:') return `must begin with https:// such as ${example}`;
  return isLoopback(url.hostname) ? null : 'must begin with https:// (http:// is accepted for this machine itself only)';
}

/** Whether a host, as `URL` writes it, is this machine itself. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}
