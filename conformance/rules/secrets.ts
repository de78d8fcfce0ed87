/** What leaves the till: secrets nowhere but in the header that asks for a token, the code in nothing but the payment (money rule 9). */
import type { AttemptFacts, Call } from '../../core/gateways/gateway.ts';
import type { WireRequest } from '../../core/ports.ts';
import { playSale } from '../course.ts';
import { withBody } from '../falsify.ts';
import { thrownBy, type Rule } from '../rule.ts';
import { learnt, Stand } from '../stand.ts';

const calls: readonly Call[] = ['pay', 'present', 'query', 'reverse', 'refund', 'queryRefund'];

function textOf({ url, body }: WireRequest): string {
  return `${url}\n${decodeURIComponent(url)}\n${body === null ? '' : new TextDecoder().decode(body)}`;
}

/** As it is, as base64, and in capitals of hexadecimal. */
function forms(secret: string): readonly string[] {
  return [secret, Buffer.from(secret).toString('base64').replace(/=+$/, ''), Buffer.from(secret).toString('hex'), encodeURIComponent(secret)];
}

function holds(text: string, secret: string): boolean {
  return forms(secret).some((form) => text.toLowerCase().includes(form.toLowerCase()));
}

const requests: Rule = {
  name: 'money rule 9: no secret, no token and no code where it must not be in a request',
  check: async ({ gateway, variants }) => {
    const found: string[] = [];
    for (const variant of variants) {
      const stand = await Stand.open(gateway, variant);
      try {
        for (const direction of stand.directions) {
          for (const { call, request, facts } of await playSale(stand, direction, 'waits:8')) found.push(...leaksOf(stand, call, request, facts.code, stand.simulator.world.code('waits', 8)));
        }
        if (gateway.token !== null) {
          const text = textOf(gateway.token.build(stand.settings));
          if (stand.secrets.some((secret) => holds(text, secret))) found.push('token: a secret stands in the address or the body');
        }
      } finally {
        await stand.close();
      }
    }
    return [...new Set(found)];
  },
};

function leaksOf(stand: Stand, call: Call, request: WireRequest, told: string | null, code: string): readonly string[] {
  const text = textOf(request);
  const headers = JSON.stringify(request.headers);
  const { token } = stand;
  return [
    ...(stand.secrets.some((secret) => holds(text, secret) || holds(headers, secret)) ? [`${call}: a secret stands in the request`] : []),
    ...(token !== null && holds(text, token) ? [`${call}: the token stands in the address or the body`] : []),
    ...(told === null && holds(`${text}${headers}`, code) ? [`${call}: the payment code stands in a request that charges nothing`] : []),
    ...(told !== null && holds(headers, code) ? [`${call}: the payment code stands in a header`] : []),
    ...(new URL(request.url).origin === gatewayOrigin(stand) ? [] : [`${call}: leaves for another server than the settings’`]),
  ];
}

function gatewayOrigin(stand: Stand): string {
  return stand.gateway.identity(stand.settings).origin;
}

/** Whatever an answer tells to follow: the next request goes to the settings' server alone. */
const elsewhere: Rule = {
  name: 'no answer sends the till, and what it signs, to another server',
  check: async (subject) => {
    const { gateway } = subject;
    const found = new Set<string>();
    for (const specimen of await subject.specimens()) {
      const { origin } = gateway.identity(specimen.settings);
      const text = new TextDecoder().decode(specimen.answer.body).replaceAll(origin, otherOrigin);
      const outcome = gateway.read(specimen.call, specimen.facts, withBody(specimen.answer, text), specimen.settings);
      const facts = learnt(specimen.facts, outcome);
      const moment = { now: 0, nonce: 'n'.repeat(32), token: gateway.token === null ? null : 'conformance-token' };
      for (const call of calls) {
        thrownBy(() => {
          const { url } = gateway.build(call, facts, specimen.settings, moment);
          if (new URL(url).origin !== origin) found.add(`${call} goes to ${new URL(url).origin} after an answer to ${specimen.call}`);
        });
      }
    }
    return [...found];
  },
};

/** A port of this machine that nobody listens on. */
const otherOrigin = 'http://127.0.0.1:9';

const errors: Rule = {
  name: 'money rule 9: no secret and no code in what is thrown',
  check: async ({ gateway }) => {
    const stand = await Stand.open(gateway);
    await stand.close();
    const [direction = 'scan'] = stand.directions;
    const { facts } = stand.sale(direction, 'paid');
    const code = stand.simulator.world.code('paid');
    const odd: readonly AttemptFacts[] = [{ ...facts, code, amount: { minor: 1, currency: 'USD' } }, { ...facts, code }, { ...facts, code: null, gatewayRef: null }];
    const moment = { now: stand.clock.wall(), nonce: 'n'.repeat(32), token: gateway.token === null ? null : 'conformance-token' };
    const said = calls.flatMap((call) => odd.map((one) => thrownBy(() => gateway.build(call, one, stand.settings, moment)) ?? ''));
    return [...stand.secrets, code, 'conformance-token'].flatMap((secret) => (said.some((text) => text.includes(secret)) ? ['an error repeats a secret or the payment code'] : []));
  },
};

export const secretRules: readonly Rule[] = [requests, elsewhere, errors];
