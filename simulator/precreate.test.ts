/** Shouqianba's precreate and Omipay's five orders against their documents: fields, answers, repeats. */
import { describe, expect, it } from 'vitest';
import type { Simulator } from './index.ts';
import { omipay, parsed, shouqianba, simulatorForEach, wordOf } from './test-client.ts';
import type { Answer, WireResult } from './test-client.ts';

let simulator: Simulator;

simulatorForEach((made) => ({ simulator } = made));

const nothingBooked = () => expect(simulator.world.books().orders).toEqual([]);

describe('precreate', () => {
  const precreate = (change: Record<string, unknown> = {}) => shouqianba(simulator, 'precreate', { client_sn: 'R1', total_amount: '100', payway: '3', subject: '茶', operator: '01', ...change });
  const dataOf = (result: WireResult) => (parsed(result)['biz_response'] as Answer)['data'] as Answer;

  it('answers with the table\'s fields, all strings, and a code of at most 128', async () => {
    const data = dataOf(await precreate({ reflect: 'r', sub_payway: '2', goods_details: [{ goods_id: '1' }], extended: '{"a":1}' }));
    expect(data).toMatchObject({ client_sn: 'R1', trade_no: '', status: 'IN_PROG', order_status: 'CREATED', payway: '3', sub_payway: '2', total_amount: '100', net_amount: '100', subject: '茶', operator: '01', reflect: 'r' });
    expect(data['sn']).toMatch(/^\d{16}$/);
    expect(String(data['qr_code']).length).toBeLessThanOrEqual(128);
    for (const value of Object.values(data)) expect(typeof value).toBe('string');
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['no payway', { payway: undefined }, 'INVALID_PARAMS'], ['a scanned code', { dynamic_id: '134726581093324417' }, 'INVALID_PARAMS'], ['an amount as a number', { total_amount: 100 }, 'INVALID_PARAMS'],
    ['no operator', { operator: '' }, 'INVALID_PARAMS'], ['client_sn of 33 bytes', { client_sn: 'x'.repeat(33) }, 'INVALID_PARAMS'], ['goods that are no JSON', { goods_details: 'tea' }, 'INVALID_PARAMS'],
    ['more than 256 characters of extended', { extended: { a: 'x'.repeat(256) } }, 'INVALID_PARAMS'], ['a wallet that nobody has here', { payway: '5' }, 'UNEXPECTED_PROVIDER_ERROR'], ['a latitude alone', { latitude: '1' }, 'INVALID_PARAMS'],
  ])('with %s is refused', async (_name, change, word) => {
    expect(wordOf(await precreate(change))).toBe(word);
    nothingBooked();
  });

  it('with a number that is known conflicts, also with a scanned one\'s', async () => {
    await precreate();
    expect(wordOf(await precreate())).toBe('CLIENT_SN_CONFLICT');
    expect(wordOf(await shouqianba(simulator, 'pay', { client_sn: 'R1', total_amount: '100', dynamic_id: simulator.codes['paid'], subject: '茶', operator: '01' }))).toBe('CLIENT_SN_CONFLICT');
  });

  it('of a wallet\'s payway is for its scanner alone', async () => {
    const qr = String(dataOf(await precreate({ payway: '2' }))['qr_code']);
    expect(simulator.world.payShown(qr, 'pays', 'wechat')).toMatchObject({ why: 'wallet' });
    simulator.world.payShown(qr);
    expect(dataOf(await shouqianba(simulator, 'query', { client_sn: 'R1' }))).toMatchObject({ order_status: 'PAID', payway: '1', sub_payway: '2' });
  });

  it('is ended by cancel and by revoke, and a paid one undone', async () => {
    await precreate();
    expect(wordOf(await shouqianba(simulator, 'revoke', { client_sn: 'R1' }))).toBe('CANCEL_ABORT_SUCCESS');
    await precreate({ client_sn: 'R2' });
    simulator.world.confirm('R2');
    expect(wordOf(await shouqianba(simulator, 'cancel', { client_sn: 'R2' }))).toBe('CANCEL_SUCCESS');
    expect(simulator.world.books().totals).toMatchObject([{ charged: 100, cancelled: 100, net: 0 }]);
  });
});

describe('Omipay\'s five orders', () => {
  const common = () => ({ order_name: '测试商品', currency: 'AUD', amount: '100', notify_url: simulator.gateways.omipay.notifyUrl, out_order_no: 'R1' });
  const own: Readonly<Record<string, Record<string, string>>> = {
    MakeQROrder: { platform: 'WECHATPAY' },
    MakeJSAPIOrder: { redirect_url: 'http://127.0.0.1/back' },
    MakeOnlineOrder: { type: 'wap' },
    MakeAPPOrder: { platform: 'ALIPAYONLINE' },
    MakeAppletOrder: { platform: 'WECHATPAY', app_id: 'wx20oq811f9q', customer_id: 'o89hJw3wUb' },
  };
  const make = (call: string, change: Record<string, string> = {}) => omipay(simulator, call, { ...common(), ...own[call], ...change });

  it.each<[string, readonly string[]]>([
    ['MakeQROrder', ['qrcode', 'pay_url']], ['MakeJSAPIOrder', ['pay_url']], ['MakeOnlineOrder', ['pay_url']], ['MakeAPPOrder', ['order_string']],
    ['MakeAppletOrder', ['timeStamp', 'nonceStr', 'Package', 'signType', 'paySign']],
  ])('%s answers with %o, and is READY until somebody opens it', async (call, fields) => {
    const answer = parsed(await make(call));
    expect(answer).toMatchObject({ return_code: 'SUCCESS', order_no: simulator.world.order('R1')?.gatewayNumber });
    for (const field of fields) expect(answer[field]).toEqual(expect.stringMatching(/./));
    const query = () => omipay(simulator, 'QueryOrder', { order_no: String(answer['order_no']) });
    expect(parsed(await query())).toMatchObject({ result_code: 'READY', pay_time: '', amount: 100, out_order_no: 'R1' });
    simulator.world.confirm('R1');
    expect(wordOf(await query())).toBe('PAID');
  });

  it('MakeJSAPIOrder has a page for a PC where it is asked for, and takes our till\'s number', async () => {
    const { posNumber } = simulator.gateways.omipay;
    expect(parsed(await make('MakeJSAPIOrder', { show_pc_pay_url: '1', direct_pay: '1', pos_no: posNumber }))).toMatchObject({ pc_pay_url: expect.any(String) });
    expect(wordOf(await make('MakeJSAPIOrder', { out_order_no: 'R2', pos_no: 'x' }))).toBe('POS_NOT_REGISTERED');
  });

  it.each<[string, Record<string, string>, string]>([
    ['MakeQROrder', { platform: '' }, 'PARAMETER_INVALID'], ['MakeQROrder', { platform: 'POLI' }, 'PARAMETER_INVALID'], ['MakeQROrder', { pos_no: 'SIMPOS01' }, 'PARAMETER_INVALID'],
    ['MakeQROrder', { amount: '0' }, 'AMOUNT_INVALID'], ['MakeQROrder', { amount: '1.00' }, 'PARAMETER_INVALID'], ['MakeQROrder', { o_number: '02' }, 'BRANCH_INVALID'], ['MakeQROrder', { qrcode: '1' }, 'PARAMETER_INVALID'],
    ['MakeJSAPIOrder', { redirect_url: '' }, 'PARAMETER_INVALID'], ['MakeJSAPIOrder', { direct_pay: 'yes' }, 'PARAMETER_INVALID'], ['MakeJSAPIOrder', { platform: 'WECHATPAY' }, 'PARAMETER_INVALID'],
    ['MakeOnlineOrder', { type: 'app' }, 'PARAMETER_INVALID'], ['MakeOnlineOrder', { platform: 'POLI', amount: '1' }, 'AMOUNT_INVALID'],
    ['MakeAPPOrder', { platform: 'WECHATPAY' }, 'PARAMETER_INVALID'], ['MakeAppletOrder', { platform: 'ALIPAY' }, 'PARAMETER_INVALID'], ['MakeAppletOrder', { customer_id: '' }, 'PARAMETER_INVALID'],
  ])('%s with %o is %s', async (call, change, word) => {
    expect(wordOf(await make(call, change))).toBe(word);
    nothingBooked();
  });

  it('with a number that is known make no second one, and say how it stands', async () => {
    await make('MakeQROrder');
    expect(wordOf(await make('MakeQROrder'))).toBe('PARAMETER_INVALID');
    simulator.world.confirm('R1');
    expect(wordOf(await make('MakeJSAPIOrder'))).toBe('ORDER_PAID');
    await make('MakeQROrder', { out_order_no: 'R2' });
    simulator.world.refuse('R2', 'failed');
    expect(wordOf(await make('MakeQROrder', { out_order_no: 'R2' }))).toBe('ORDER_CLOSED');
    expect(simulator.world.books().orders).toHaveLength(2);
  });
});
