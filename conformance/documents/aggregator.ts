/** The "综合支付" aggregator's document, copied: its calls, its words, and where the till does something else. */
import { ability, labels, words, type SourceDocument } from '../documents.ts';

export const document: SourceDocument = {
  title: '综合支付 对接文档 (gpu)',
  calls: [
    { section: '5.1', name: 'POST /api/order/unified', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '5.2', name: 'asynchronous notification', implementedIn: ['notification.ts'] },
    { section: '5.3', name: 'synchronous notification (the payer’s browser)', implementedIn: [], reason: 'it reaches the shop’s page at return_url and not the till; "need not be verified", says the document, so nothing may follow from it' },
    { section: '5.4', name: 'GET /api/order/check_order', implementedIn: ['requests.ts', 'outcomes.ts'] },
    { section: '4', name: 'signature of requests and of notifications', implementedIn: ['sign.ts'], usedBy: 'every request' },
  ],
  words: [
    ...words('5.1, 5.4', 'status', '1', { present: '*', query: '*' }),
    ...words('5.1', 'status', '0', { present: 'declined' }),
    ...words('5.4', 'status', '0'),
    // An order that was just made and is said to be paid contradicts itself.
    ...words('5.1, 5.4', 'data.pay_status', '1', { query: 'paid' }),
    ...words('5.1, 5.4', 'data.pay_status', '-1', { present: 'shown', query: 'waiting' }),
    // "Failed", and in the example on an order that nobody paid yet (ERRATA 5.4): its code can still be paid.
    ...words('5.1, 5.4', 'data.pay_status', '0', { present: 'shown', query: 'waiting' }),
    ...labels('6', 'data.bank_code', 'alipay', '901 911'),
    ...labels('6', 'data.bank_code', 'wechat', '903 912'),
    ...labels('6', 'data.bank_code', 'other', '906'),
  ],
  abilities: [
    ability('5.4', 'queryBy', 'attemptRef'),
    ability('-', 'repeatPayWithinSeconds', null),
    ability('ERRATA', 'reverse', null),
    ability('5.4', 'present.queryBy', 'attemptRef'),
    ability('ERRATA', 'present.reverse', null),
    ability('5.1', 'present.validSecondsMost', null),
    ability('ERRATA', 'refund', null),
    ability('5.1, CASES 4', 'reference.length', 20),
  ],
  notices: { signed: 'whole' },
  variants: [{
    name: 'amounts in yuan',
    block: (block) => ({ ...block, amountUnit: 'yuan' }),
    prepare: (world) => void world.control('aggregator', 'contract', { amountUnit: 'yuan' }),
  }],
  deviations: [
    { section: '4', document: 'requests leave empty values out, notifications sign them', till: 'two functions, one rule each', reason: 'ERRATA: the document’s own two examples hold with these' },
    { section: '5.1, 5.4', document: 'amounts "in fen", examples that look like yuan', till: 'a setting per merchant, no guess; an amount that does not match is unknown', reason: 'ERRATA: a wrong guess would be a hundred times too much or too little' },
    { section: '5.1', document: 'order_no has 20 characters, examples have more', till: 'sends 20', reason: 'ERRATA: the shorter reading is taken by both' },
    { section: '5.4', document: 'pay_status 0 is "failed", and stands in the example on an order that was never paid', till: 'goes on asking', reason: 'ERRATA: its code could still be paid' },
    { section: '5.1', document: '`content` is a form to print', till: 'shows `redirect_url`', reason: 'ERRATA: the document itself says to use that way' },
    { section: '5.1, 5.4', document: '`data` is required', till: 'may be absent or an empty list on errors', reason: 'ERRATA: both are seen' },
    { section: '-', document: 'neither refund nor cancel', till: 'says so before; a refund is recorded as done outside', reason: 'ERRATA: nothing can be sent' },
  ],
};
