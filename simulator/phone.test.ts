/** The payer's phone: its page, its codes, its owner, and that both sides can be played over HTTP. */
import { runInNewContext } from 'node:vm';
import { get } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { ManualClock, Simulator } from './index.ts';
import type { ShownState } from './phone/state.ts';
import { parsed, send, shouqianba, simulatorForEach, tellerOf, wordOf } from './test-client.ts';

let clock: ManualClock;
let simulator: Simulator;

simulatorForEach((made) => ({ clock, simulator } = made));

const state = async () => parsed(await send(`${simulator.phoneUrl}state`)) as unknown as ShownState;
const act = (deed: Record<string, unknown>) =>
  send(`${simulator.phoneUrl}act`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(deed) });
const teller = () => tellerOf(simulator, 'shouqianba');

describe('the page', () => {
  it('is there in both languages, under a policy that lets in nothing else', async () => {
    const chinese = await send(simulator.phoneUrl);
    expect(chinese.text).toContain('模拟钱包 · 不是真钱');
    expect(chinese.headers['content-security-policy']).toMatch(/^default-src 'none'/);
    expect((await send(`${simulator.phoneUrl}?lang=en`)).text).toContain('Simulated wallet · not real money');
  });

  it('has a script that stands alone, and its other parts', async () => {
    const script = await send(`${simulator.phoneUrl}script.js`);
    expect(() => runInNewContext(script.text, { document: undefined })).toThrow(/undefined/);
    expect(script.text).not.toMatch(/\bimport\b|: PageElement/);
    expect((await send(`${simulator.phoneUrl}style.css`)).status).toBe(200);
  });

  it('draws its code as Code 128 and QR, and no other digits', async () => {
    const { code, barcodeModules, qrModules } = await state();
    expect([barcodeModules, qrModules]).toEqual([154, 29]);
    expect((await send(`${simulator.phoneUrl}barcode.svg?code=${code}`)).text).toContain('<svg');
    expect((await send(`${simulator.phoneUrl}qr.svg?code=${code}`)).text).toContain('<svg');
    expect((await send(`${simulator.phoneUrl}qr.svg?code=134726581093324417`)).status).toBe(404);
  });

  it('needs the token, a Host and an Origin of its own', async () => {
    expect((await send(`${simulator.url}/simulator/phone/`)).status).toBe(403);
    expect((await send(simulator.phoneUrl, { headers: { host: 'example.com' } })).status).toBe(403);
    expect((await send(`${simulator.phoneUrl}act`, { method: 'POST', headers: { origin: 'https://example.com', 'content-type': 'application/json' }, body: '{"do":"renew"}' })).status).toBe(403);
    expect((await act({ do: 'fly' })).status).toBe(400);
  });
});

describe('the code', () => {
  it('is new every minute, works for two, and is issued by this simulator', async () => {
    const { code } = await state();
    expect(code).toMatch(/^134\d{15}$/);
    expect(simulator.isIssuedCode(code)).toBe(true);
    clock.advance(59_000);
    expect(await state()).toMatchObject({ code, renewsInMilliseconds: 1000 });
    clock.advance(1000);
    expect((await state()).code).not.toBe(code);
    await act({ do: 'behave', manner: 'atOnce' });
    clock.advance(60_001);
    expect(wordOf(await teller().pay('R1', code))).toBe('EXPIRED_BARCODE');
  });

  it('is of the chosen wallet', async () => {
    await act({ do: 'wallet', wallet: 'alipay' });
    expect((await state()).code).toMatch(/^282\d{15}$/);
    await act({ do: 'wallet', wallet: 'unionpay' });
    expect((await state()).code).toMatch(/^621\d{16}$/);
  });

  it('serves one order and is replaced at once', async () => {
    await act({ do: 'behave', manner: 'atOnce' });
    const { code } = await state();
    expect(wordOf(await teller().pay('R1', code))).toBe('PAY_SUCCESS');
    expect((await state()).code).not.toBe(code);
    expect(wordOf(await teller().pay('R2', code))).toBe('AUTHCODE_EXPIRE');
  });
});

describe('its owner', () => {
  const charge = async () => teller().pay('R1', (await state()).code, '3850');

  it('sees the charge and pays it', async () => {
    await act({ do: 'behave', manner: 'ignores' });
    expect(wordOf(await charge())).toBe('PAY_IN_PROGRESS');
    expect((await state()).charge).toEqual({ id: 'shouqianba/R1', shop: '南门便利店', amount: 3850, currency: 'CNY', state: 'waiting' });
    await act({ do: 'pay', order: 'shouqianba/R1' });
    expect(simulator.world.order('R1')?.state).toBe('paid');
    expect(await state()).toMatchObject({ charge: null, last: { state: 'paid' }, balance: 16_150 });
  });

  it('has the money back when the refund arrives, not when it is taken', async () => {
    await act({ do: 'behave', manner: 'atOnce' });
    const omipay = tellerOf(simulator, 'omipay');
    await omipay.pay('R1', (await state()).code, '3850');
    await omipay.refund('R1', 'F1', '850');
    expect(await state()).toMatchObject({ balance: 16_150, last: { state: 'paid' } });
    clock.advance(2000);
    expect(await state()).toMatchObject({ balance: 17_000, last: { state: 'partlyRefunded' } });
    await omipay.refund('R1', 'F2', '3000');
    clock.advance(2000);
    expect(await state()).toMatchObject({ balance: 20_000, last: { state: 'refunded' } });
  });

  it('cancels it', async () => {
    await charge();
    await act({ do: 'cancel', order: 'shouqianba/R1' });
    expect(simulator.world.order('R1')).toMatchObject({ state: 'refused', refusal: 'payerCancelled' });
  });

  it.each([
    ['atOnce', 0, 'paid'], ['password', 8, 'paid'], ['notEnough', 0, 'refused'], ['ignores', 600, 'waiting'], ['cancels', 3, 'refused'], ['late', 50, 'paid'],
  ])('%s: after %i s the order is %s', async (manner, seconds, expected) => {
    await act({ do: 'behave', manner });
    await charge();
    clock.advance(Math.max(0, seconds * 1000 - 1));
    expect(simulator.world.order('R1')?.state).toBe(seconds === 0 ? expected : 'waiting');
    clock.advance(1);
    expect(simulator.world.order('R1')?.state).toBe(expected);
  });
});

describe('what the shop shows', () => {
  const show = (reference: string, payway = '3') => shouqianba(simulator, 'precreate', { client_sn: reference, total_amount: '3850', payway, subject: '南门便利店', operator: '01' });
  const id = 'shouqianba/R1';

  it('is listed, and paid with one click as its owner does', async () => {
    await show('R1');
    expect(await state()).toMatchObject({ charge: null, shown: [{ id, shop: '南门便利店', amount: 3850, currency: 'CNY', state: 'waiting' }] });
    await act({ do: 'behave', manner: 'atOnce' });
    await act({ do: 'scan', order: id });
    expect(await state()).toMatchObject({ shown: [], last: { id, state: 'paid' }, balance: 16_150 });
  });

  it('is opened with a wallet that can read it, and asks for the password', async () => {
    await show('R1', '1');
    await act({ do: 'scan', order: id });
    expect(await state()).toMatchObject({ shown: [], charge: { id } });
    expect(simulator.world.order('R1')).toMatchObject({ wallet: 'alipay', state: 'waiting', shown: { scannedAt: clock.wall() } });
    clock.advance(8000);
    expect(simulator.world.order('R1')?.state).toBe('paid');
    await act({ do: 'wallet', wallet: 'alipay' });
    expect((await state()).balance).toBe(16_150);
  });

  it('that was put away waits for its next payer, and nothing of the first one comes later', async () => {
    await show('R1');
    await act({ do: 'scan', order: id });
    await act({ do: 'cancel', order: id });
    expect(await state()).toMatchObject({ charge: null, shown: [{ id }] });
    clock.advance(60_000);
    expect(simulator.world.order('R1')?.state).toBe('waiting');
    await act({ do: 'behave', manner: 'notEnough' });
    await act({ do: 'scan', order: id });
    expect(simulator.world.order('R1')).toMatchObject({ state: 'waiting', refusal: 'insufficient' });
    expect(await state()).toMatchObject({ shown: [{ id }], balance: 20_000 });
  });

  it('is scanned by itself by whoever pays everything, also what he was charged for before', async () => {
    await act({ do: 'behave', manner: 'paysAll' });
    await teller().pay('scanned', (await state()).code, '3850');
    await show('R1');
    clock.advance(10_000);
    expect(simulator.world.books().orders.map((order) => order.state)).toEqual(['paid', 'paid']);
  });

  it('is lost with its answer, where the network loses one', async () => {
    await act({ do: 'network', trouble: 'loseOne', on: true });
    expect(wordOf(await show('R1'))).toBe('lost');
    expect(await state()).toMatchObject({ troubles: [], shown: [{ id }] });
    expect(wordOf(await show('R2'))).toBe('PRECREATE_SUCCESS');
  });
});

describe('its network', () => {
  it('loses one answer to pay, and is whole again', async () => {
    await act({ do: 'behave', manner: 'atOnce' });
    await act({ do: 'network', trouble: 'loseOne', on: true });
    expect(wordOf(await teller().pay('R1', (await state()).code))).toBe('lost');
    expect(await state()).toMatchObject({ troubles: [], last: { state: 'paid' } });
    expect(wordOf(await teller().pay('R2', (await state()).code))).toBe('PAY_SUCCESS');
  });

  it('answers 500 or nothing until told otherwise', async () => {
    await act({ do: 'network', trouble: 'status500', on: true });
    expect((await teller().query('R1')).status).toBe(500);
    await act({ do: 'network', trouble: 'none', on: true });
    expect(wordOf(await teller().query('R1'))).toBe('lost');
    await act({ do: 'network', trouble: 'none', on: false });
    await act({ do: 'network', trouble: 'status500', on: false });
    expect(wordOf(await teller().query('R1'))).toBe('UPAY_ORDER_NOT_EXISTS');
  });
});

describe('the live state', () => {
  it('tells the page of a charge by itself, with the next code', async () => {
    const { code } = await state();
    const told = await new Promise<ShownState>((resolve, reject) => {
      get(`${simulator.phoneUrl}events`, (response) => {
        response.setEncoding('utf8');
        response.on('error', () => undefined);
        response.once('data', () => {
          response.on('data', (chunk: string) => resolve(JSON.parse(chunk.replace(/^data: /, '')) as ShownState));
          teller().pay('R1', code).catch(reject);
        });
      }).on('error', () => undefined);
    });
    expect(told.charge?.id).toBe('shouqianba/R1');
    expect(told.code).not.toBe(code);
  });
});
