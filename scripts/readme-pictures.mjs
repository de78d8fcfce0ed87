/** Draws the pictures of the README: the real till in training in headless Chromium, played through in both languages. */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Counter } from '../e2e/counter/counter.ts';
import { hosts, openBrowser } from '../e2e/counter/hosts.ts';
import { takePhone } from '../e2e/counter/phone.ts';
import { build } from './build.mjs';

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
/** What a README may weigh. */
const mostBytes = 150_000;

/** The words that the story waits for. */
const languages = [
  {
    name: 'zh', phone: 'zh-CN', environment: { LC_ALL: 'zh_CN.UTF-8' },
    ready: '输入金额，再扫付款码', scan: '请扫顾客的付款码', waiting: '等顾客在手机上付款', show: '请顾客扫码付款', takenBack: '已撤销', sameCustomer: '这是刚才撤销的那位顾客吗？', paid: '收款成功', notKnown: '先别交货', atOnce: '余额足，马上付', password: '输密码，8 秒后付', noNetwork: '断网', asks: '请你付', askedTwice: /已查询 2 次，\d 秒后/,
  },
  {
    name: 'en', phone: 'en', environment: { LC_ALL: 'en_US.UTF-8' },
    ready: 'Type the amount, then scan', scan: 'Scan the customer’s code', waiting: 'Waiting for the customer to pay', show: 'Ask the customer to scan', takenBack: 'Undone', sameCustomer: /^Is this the customer of the .* just given up\?$/, paid: 'Paid', notKnown: 'Do not hand\nover the goods', atOnce: 'Pays at once', password: 'Password, pays in 8 s', noNetwork: 'No network', asks: 'asks you to pay', askedTwice: /Asked 2 times, next in \d s/,
  },
];
/** What the tape shows above the sale of the pictures. */
const soldBefore = ['12.8', '6', '45.5'];

await build();
mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
try {
  for (const language of languages) await play(language);
} finally {
  await browser.close();
}

async function play(words) {
  const home = mkdtempSync(join(tmpdir(), 'scantill-pictures-'));
  const counter = new Counter(hosts[0], home);
  try {
    await counter.start(words.environment);
    await counter.headline(words.ready);
    const phone = await takePhone(counter, browser, words.phone);
    await phone.choose(words.atOnce);
    for (const amount of soldBefore) {
      await sell(counter, phone, amount, words);
      await counter.headline(words.paid);
      await counter.press('Enter');
    }
    await phone.choose(words.password);
    // Without the ring of what was chosen last.
    await phone.page.reload();

    await counter.type('38.5');
    await counter.headline(words.scan);
    await picture(counter.page, `sale-${words.name}`);
    await counter.scanAsKeyboard(await phone.code());
    await counter.headline(words.waiting);
    await phone.page.getByText(words.asks).waitFor();
    await picture(phone.page, `phone-${words.name}`, { fullPage: true });
    await counter.headline(words.paid);
    await picture(counter.page, `paid-${words.name}`);
    await counter.press('Enter');
    await showCode(counter, phone, words);

    await phone.choose(words.noNetwork);
    await sell(counter, phone, '26.9', words);
    await counter.headline(words.notKnown);
    await counter.sees(words.askedTwice);
    await picture(counter.page, `not-known-yet-${words.name}`);
  } catch (error) {
    await counter.tellFailure(`pictures-${words.name}`);
    throw error;
  } finally {
    await counter.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

/** The other direction: the code on the customer's display. */
async function showCode(counter, phone, words) {
  const display = await counter.page.context().newPage();
  await display.setViewportSize({ width: 1280, height: 800 });
  await display.goto(new URL('/display', counter.page.url()).href);
  await counter.page.bringToFront();
  await counter.type('15');
  await counter.press('*');
  await counter.headline(words.show);
  await display.locator('.display[data-shows="code"] .qr-code').waitFor();
  await picture(display, `customer-display-${words.name}`);
  await display.close();
  await counter.press('-');
  await counter.headline(words.takenBack);
  // The amount stands: another customer shows a code.
  await counter.press('Enter');
  await counter.headline(words.scan);
  await counter.scanAsKeyboard(await phone.code());
  await counter.headline(words.sameCustomer);
  await counter.press('+');
  await counter.headline(words.paid);
  await counter.press('Enter');
}

async function sell(counter, phone, amount, words) {
  await counter.type(amount);
  await counter.headline(words.scan);
  await counter.scanAsKeyboard(await phone.code());
}

async function picture(page, name, options = {}) {
  const path = join(folder, `${name}.png`);
  await page.evaluate('document.fonts.ready.then(() => null)');
  await page.screenshot({ path, scale: 'css', animations: 'disabled', caret: 'hide', ...options });
  const { size } = statSync(path);
  console.log(`docs/pictures/${name}.png ${Math.round(size / 1000)} kB`);
  if (size > mostBytes) throw new Error(`${name}.png has ${size} bytes, more than ${mostBytes}`);
}
