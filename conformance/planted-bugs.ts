/** Copies of the gateways with one rule broken each: the suite is worth what it catches. */
export interface PlantedBug {
  readonly gateway: string;
  readonly name: string;
  /** Below the gateway's folder. Each text stands exactly once in the file; where it doesn't any more, the test says so. */
  readonly changes: readonly (readonly [file: string, from: string, to: string])[];
}

const of = (gateway: string, name: string, ...changes: PlantedBug['changes']): PlantedBug => ({ gateway, name, changes });

export const plantedBugs: readonly PlantedBug[] = [
  of('shouqianba', 'the amount is not compared', ['order.ts', 'minorFromWire(order.total_amount) !== amount.minor)', 'minorFromWire(order.total_amount) === null)']),
  of('shouqianba', 'the number is not compared', ['order.ts', "  if (order.client_sn !== '' && order.client_sn !== attempt.attemptRef) return 'mismatch';\n", '']),
  of('shouqianba', 'an unlisted state is a refusal', ['outcomes.ts', "return row === undefined ? reading.unknown('unlisted') : reading.outcome(", "return row === undefined ? reading.outcome('declined', 'other') : reading.outcome("]),
  of('shouqianba', 'the signature is over other bytes', ['sign.ts', 'md5Hex(body, ', 'md5Hex(body.slice(1), ']),
  of('shouqianba', '500 refuses', ['table.ts', "'500': { means: 'unsure'", "'500': { means: 'refused'"], ['table.ts', "  UNKNOWN_SYSTEM_ERROR: endsNothing('appendix 1, 3.2 vi'),", "  UNKNOWN_SYSTEM_ERROR: declines('other', 'appendix 1, 3.2 vi'),"]),
  of('shouqianba', 'a refund has a number of 40 random bits', ['index.ts', "reference: { prefix: 'R', length: 20, alphabet: '0123456789' }", "reference: { prefix: 'R', length: 13, alphabet: '0123456789' }"]),

  of('omipay', 'the amount is not compared', ['outcomes.ts', "  if (wire.amount !== '' && minorFromWire(wire.amount) !== attempt.amount.minor) return 'differs';\n", '']),
  of('omipay', 'the number is not compared', ['outcomes.ts', "  if (wire.out_order_no !== '' && wire.out_order_no !== attempt.attemptRef) return 'mismatch';\n", '']),
  of('omipay', 'error words to a repeat end it', ['table.ts', "({ kind: 'declined', reason, aboutOrder: false })", "({ kind: 'declined', reason, aboutOrder: true })"]),
  of('omipay', 'the secret stands in the address', ['requests.ts', '    m_number: settings.merchantNumber,\n', '    m_number: settings.merchantNumber,\n    secret_key: settings.secretKey,\n']),
  of('omipay', 'an unlisted state is a refusal', ['outcomes.ts', "  if (row === undefined) return reading.unknown('unlisted');\n  // Money is believed", "  if (row === undefined) return { kind: 'declined', reason: 'other', aboutOrder: true, order: reading.orderFacts(), evidence: reading.evidence };\n  // Money is believed"]),
  of('omipay', 'a refund that was taken is done', ['refunds.ts', "  return { kind: 'refundPending', refund: reading.facts, evidence: reading.evidence };\n}\n\n/** QueryRefund", "  return { kind: 'refunded', refund: reading.facts, evidence: reading.evidence };\n}\n\n/** QueryRefund"]),

  of('ums', 'the amount is not compared', ['order.ts', "  if (wire.totalAmount !== '' && !isAmount(wire.totalAmount, attempt)) return 'mismatch';\n", '']),
  of('ums', 'the number is not compared', ['order.ts', "  if (wire.merOrderId !== '' && wire.merOrderId !== attempt.attemptRef) return 'mismatch';\n", '']),
  of('ums', 'the signature is over other bytes', ['sign.ts', "createHash('sha256').update(body).digest('hex')", "createHash('sha256').update(body.slice(1)).digest('hex')"]),
  of('ums', 'a notification is believed unsigned', ['notification.ts', "    if (settings.notifyKey !== undefined && !isVerified) return { kind: 'refused', why: 'signature', reply: reply('FAILED') };\n", '']),
  of('ums', 'closing refused means closed', ['table.ts', "OPERATION_NOT_ALLOWED: { ...nothing, close: closeRefused,", 'OPERATION_NOT_ALLOWED: { ...nothing, close: done,']),
  of('ums', 'a code of the table is missing', ['table.ts', "  INVALID_RESPONSE: endsNothing('2.1'),\n", '']),

  of('omoney', 'the amount is not compared', ['outcomes.ts', "minorFromDecimal(this.fields.amount, this.#attempt.amount.currency) === minor", "minorFromDecimal(this.fields.amount, this.#attempt.amount.currency) !== null && minor > 0"]),
  of('omoney', 'the number is not compared', ['outcomes.ts', 'return ours === attemptRef && (gatewayRef', "return ours !== '' && (gatewayRef"]),
  of('omoney', 'a link is followed anywhere', ['links.ts', 'return isPlain && url.origin === new URL(baseUrl).origin ? href : null;', "return isPlain && baseUrl !== '' ? href : null;"]),
  of('omoney', 'a cancel that was taken is undone', ['outcomes.ts', "  return { kind: 'unknown', why: row.means === 'taken' ? 'gatewayUnsure' : 'reversalRefused', order: reading.order(), evidence: reading.evidence };", "  return row.means === 'taken' ? { kind: 'reversed', order: reading.order(), evidence: reading.evidence } : reading.unknown('reversalRefused');"]),
  of('omoney', 'the token stands in the address', ['requests.ts', "{ method: 'POST', url: settings.baseUrl + path,", "{ method: 'POST', url: `${settings.baseUrl}${path}?access_token=${moment.token}`,"]),
  of('omoney', 'the secret stands in the address', ['requests.ts', 'grant_type=client_credentials&scope=write,read`', 'grant_type=client_credentials&scope=write,read&client_secret=${settings.clientSecret}`']),

  of('aggregator', 'the amount is not compared', ['outcomes.ts', "return amount.currency === 'CNY' && minor === amount.minor ? 'ours' : 'differs';", "return amount.currency === 'CNY' && minor !== null ? 'ours' : 'differs';"]),
  of('aggregator', 'the number is not compared', ['outcomes.ts', "if (theirs || (order.order_no !== '' && order.order_no !== attempt.attemptRef)) return 'differs';", "if (theirs) return 'differs';"]),
  of('aggregator', 'an order that nobody opened yet has failed', ['table.ts', "'0': { means: 'waiting', where: '5.1, 5.4; ERRATA 5.4' }", "'0': { means: 'paid', where: '5.1, 5.4; ERRATA 5.4' }"]),
  of('aggregator', 'a notification is believed unsigned', ['notification.ts', "if (sign.toLowerCase() !== signNotification(pairs, settings.secret))", "if (sign === signNotification(pairs, settings.secret).toUpperCase())"]),
  of('aggregator', 'the secret stands in the body', ['requests.ts', '  return { ...pairs, sign:', '  return { ...pairs, secret: settings.secret, sign:']),
  of('aggregator', 'the signature keeps empty values', ['requests.ts', "    return_url: settings.returnUrl,\n", "    return_url: settings.returnUrl,\n    attach: '',\n"], ['sign.ts', ".filter(([, value]) => value !== '')", '.filter(() => true)']),
];
