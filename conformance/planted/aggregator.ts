/** The aggregator, with one rule broken in each copy. */
import { bug, type PlantedBug } from '../planted-bugs.ts';

export const bugs: readonly PlantedBug[] = [
  bug('the amount is not compared', ['outcomes.ts', "return amount.currency === 'CNY' && minor === amount.minor ? 'ours' : 'differs';", "return amount.currency === 'CNY' && minor !== null ? 'ours' : 'differs';"]),
  bug('the number is not compared', ['outcomes.ts', "if (theirs || (order.order_no !== '' && order.order_no !== attempt.attemptRef)) return 'differs';", "if (theirs) return 'differs';"]),
  bug('an order that nobody opened yet has failed',
    ['table.ts', "'0': { means: 'waiting', where: '5.1, 5.4; ERRATA 5.4' }", "'0': { means: 'declined', where: '5.1, 5.4; ERRATA 5.4' }"],
    ['outcomes.ts', "    case 'waiting':\n", "    case 'declined':\n      return { kind: 'declined', reason: 'closed', aboutOrder: true, order: reading.facts(order), evidence };\n    case 'waiting':\n"]),
  bug('an order that nobody opened yet is paid', ['table.ts', "'0': { means: 'waiting', where: '5.1, 5.4; ERRATA 5.4' }", "'0': { means: 'paid', where: '5.1, 5.4; ERRATA 5.4' }"]),
  bug('a notification is believed unsigned', ['notification.ts', "if (!sameSignature(sign.toLowerCase(), signNotification(pairs, settings.secret)))", "if (sign === signNotification(pairs, settings.secret).toUpperCase())"]),
  bug('the secret stands in the body', ['requests.ts', '  return { ...pairs, sign:', '  return { ...pairs, secret: settings.secret, sign:']),
  bug('the signature keeps empty values', ['requests.ts', "    return_url: settings.returnUrl,\n", "    return_url: settings.returnUrl,\n    attach: '',\n"], ['sign.ts', ".filter(([, value]) => value !== '')", '.filter(() => true)']),
  bug('a notification’s signature leaves empty values out', ['sign.ts', ".filter(([key]) => key !== 'sign')", ".filter(([key, value]) => key !== 'sign' && value !== '')"]),
];
