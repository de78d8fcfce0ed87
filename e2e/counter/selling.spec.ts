/** Selling at the counter: an amount and a scan, on a serial scanner or one that is a keyboard, and the receipt on paper. */
import { expect, it } from 'vitest';
import { atBothCounters } from './stories.ts';

atBothCounters('selling', 'zh-CN', (scene) => {
  it('charges an amount by one scan, prints the receipt, and begins the next sale by typing', async () => {
    const { counter, shop, scan } = scene();
    // Everything that a sale needs is there, by name.
    for (const name of ['扫码枪', '小票机', '收钱吧', '账本']) await counter.page.getByRole('contentinfo').getByText(name, { exact: true }).waitFor();
    await counter.type('38.5');
    await counter.amount('¥38.50');
    await counter.headline('请扫顾客的付款码');
    scan(shop.code('paid'));
    await counter.headline('收款成功');
    await counter.amount('¥38.50');
    await counter.sees('小票已打印');
    const booked = shop.booked(3850);
    expect(booked).toMatchObject([{ state: 'paid', timesCharged: 1 }]);

    const printed = await shop.paper.receipts();
    expect(printed).toHaveLength(1);
    const receipt = printed[0];
    const text = receipt?.lines.join('\n');
    expect(text).toContain('街角小店');
    expect(text).toContain('收款成功');
    expect(text).toMatch(/合计 +￥38\.50/);
    expect(text).toContain('微信');
    expect(text).not.toContain('副本');
    expect(receipt?.barcodes).toEqual([booked[0]?.reference]);
    expect(receipt?.qrs).toEqual([booked[0]?.reference]);
    expect(receipt?.cuts).toBe(1);

    await counter.type('7');
    await counter.headline('请扫顾客的付款码');
    await counter.amount('¥7.00');
    await counter.press('-');
    await counter.headline('输入金额，再扫付款码');
  });

  it('charges by a scanner that is a keyboard, and none of its digits gets into the amount', async () => {
    const { counter, shop } = scene();
    await counter.type('12.3');
    await counter.amount('¥12.30');
    await counter.scanAsKeyboard(shop.code('paidAlipay'));
    await counter.headline('收款成功');
    await counter.amount('¥12.30');
    expect(shop.booked(1230)).toMatchObject([{ state: 'paid', timesCharged: 1 }]);
    await counter.press('Enter');
    await counter.headline('输入金额，再扫付款码');
    await counter.amount('¥0.00');
  });

  it('charges by a keyboard scanner wherever the focus is, and its Enter presses no cap', async () => {
    const { counter, shop } = scene();
    await counter.type('4.1');
    for (const key of ['Tab', 'Tab', 'Tab']) await counter.page.keyboard.press(key);
    expect(await counter.page.evaluate('document.activeElement.tagName')).toBe('BUTTON');
    await counter.scanAsKeyboard(shop.code('paid'));
    await counter.headline('收款成功');
    await counter.amount('¥4.10');
    expect(shop.booked(410)).toMatchObject([{ state: 'paid', timesCharged: 1 }]);
    await counter.press('Enter');
    await counter.amount('¥0.00');
  });

  it('drops a scan that stops short, says so, and puts no digit of it into the amount', async () => {
    const { counter, shop } = scene();
    await counter.type('9');
    await counter.amount('¥9.00');
    await counter.scanAsKeyboard('13984');
    await counter.sees('只扫到一半');
    await counter.page.getByRole('alert').getByText('没有收款。').waitFor();
    await counter.amount('¥9.00');
    expect(shop.booked(900)).toEqual([]);
    await counter.press('-');
    await counter.headline('输入金额，再扫付款码');
  });

  it('holds the next code while Paid still stands, and charges it with the amount that follows', async () => {
    const { counter, shop, sell, scan } = scene();
    await sell('8', shop.code('paid'));
    await counter.headline('收款成功');
    scan(shop.code('paidAlipay'));
    await counter.headline('输金额，再按 Enter');
    await counter.amount('¥0.00');
    await counter.type('8.8');
    await counter.press('Enter');
    await counter.headline('收款成功');
    await counter.amount('¥8.80');
    expect(shop.booked(800)).toMatchObject([{ state: 'paid', timesCharged: 1 }]);
    expect(shop.booked(880)).toMatchObject([{ state: 'paid', timesCharged: 1 }]);
    await counter.press('Enter');
  });

  it('keeps a code that was shown first, and charges it with Enter once the amount stands', async () => {
    const { counter, shop, scan } = scene();
    scan(shop.code('paidUnionpay'));
    await counter.headline('输金额，再按 Enter');
    await counter.sees(/云闪付 •• \d{4}/);
    await counter.type('20');
    await counter.headline('按 Enter 收款');
    expect(shop.booked(2000)).toEqual([]);
    await counter.press('Enter');
    await counter.headline('收款成功');
    expect(shop.booked(2000)).toMatchObject([{ state: 'paid', timesCharged: 1 }]);
    await counter.press('Enter');
  });

  it('adds several items up with +, and takes digits back with −', async () => {
    const { counter, shop, scan } = scene();
    await counter.type('3.5');
    await counter.press('+');
    await counter.type('19');
    await counter.press('-');
    await counter.amount('¥4.50');
    scan(shop.code('paid'));
    await counter.headline('收款成功');
    expect(shop.booked(450)).toMatchObject([{ state: 'paid', timesCharged: 1 }]);
    await counter.press('Enter');
  });

  it('changes the language by keys, at once and back', async () => {
    const { counter } = scene();
    await counter.menu('7', '6', '1');
    await counter.press('/');
    await counter.headline('Type the amount, then scan');
    expect(await counter.page.evaluate('document.documentElement.lang')).toBe('en');
    await counter.menu('7', '6', '1');
    await counter.press('/');
    await counter.headline('输入金额，再扫付款码');
    expect(await counter.page.evaluate('document.documentElement.lang')).toBe('zh-CN');
  });
});
