/** A small stage for the built screens: served from disk, with a till that says what the scene tells it to say. */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import { extname, join, normalize } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import type { PaymentView, Preferences, TillEvent } from '../../core/contract/types.ts';
import { sampleNow } from '../../renderer/machine/samples.ts';

const root = join(import.meta.dirname, '../..');
/** `BUILT=folder` looks at another build than the last one. */
const built = process.env['BUILT'] ?? join(root, 'dist/renderer');
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2', '.svg': 'image/svg+xml' };
/** As strict as a host may be: the screens must work without anything inline. */
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'";

/** What the scripted till answers, by the name of the call. */
export type Script = Readonly<Record<string, unknown>>;

export interface Stage {
  readonly page: Page;
  readonly push: (event: TillEvent) => Promise<void>;
  readonly pay: (payment: PaymentView) => Promise<void>;
  /** Presses a physical key and waits until the wedge has let go of it. */
  readonly press: (...codes: readonly string[]) => Promise<void>;
  /** Types into the amount with the keypad on screen. */
  readonly touch: (text: string) => Promise<void>;
  readonly skip: (milliseconds: number) => Promise<void>;
  readonly reply: (script: Script) => Promise<void>;
  readonly calls: () => Promise<readonly { readonly name: string; readonly request: unknown }[]>;
  readonly check: <Result>(name: string) => Promise<Result>;
}

export interface Theatre {
  /** A new page that shares nothing with any other. */
  readonly open: () => Promise<Page>;
  /** A page that may have shown a screen before: it has the program and its fonts already, which are most of a new page's work. */
  readonly lend: () => Promise<Page>;
  /** Takes a page back for the next scene; one that a test failed on is better closed. */
  readonly giveBack: (page: Page) => Promise<void>;
  readonly close: () => Promise<void>;
}

export type Locale = 'zh-CN' | 'en';

const browserProgram = process.env['SCANTILL_TESTS_RANK'] !== undefined ? join(import.meta.dirname, 'chromium-standing-back.sh') : '/usr/bin/chromium';

const usualSize = { width: 1280, height: 800 } as const;

export async function openTheatre(): Promise<Theatre & { readonly address: string }> {
  if (!existsSync(join(built, 'index.html'))) throw new Error('build the screens first: npx vite build');
  const server = await serve();
  const address = addressOf(server);
  const browser: Browser = await chromium.launch({
    executablePath: browserProgram,
    args: ['--no-sandbox', '--headless=new', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
  });
  const free: Page[] = [];
  const open = async (): Promise<Page> => {
    const context = await browser.newContext({ viewport: usualSize, colorScheme: 'light', reducedMotion: 'reduce' });
    return context.newPage();
  };
  return {
    address,
    open,
    lend: async () => free.pop() ?? open(),
    giveBack: async (page) => {
      page.removeAllListeners();
      await page.setViewportSize(usualSize);
      free.push(page);
    },
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

/** Loads the screens anew with a till that answers from `script`. */
export async function setStage(page: Page, address: string, locale: Locale, script: Script): Promise<Stage> {
  const preferences: Preferences = { locale, theme: 'light', keypad: 'shown', amountEntry: 'decimalPoint', volume: 0, ...preferencesOf(script) };
  const told = (value: unknown): string => (locale === 'en' ? inEnglish(JSON.stringify(value)) : JSON.stringify(value));
  const till = await page.addInitScript({ content: `(${bridge})(${told({ script, preferences, now: sampleNow })})` });
  await page.goto(`${address}/index.html`);
  await page.waitForSelector('.frame');
  // The page may be lent to another scene later, with a till of its own.
  await till.dispose();
  await page.evaluate(pageCode());
  await page.evaluate('document.fonts.ready.then(() => null)');
  const run = (code: string): Promise<void> => page.evaluate(`${code}; new Promise((done) => setTimeout(done, 30)).then(() => null)`);
  const push = (event: TillEvent): Promise<void> => run(`stage.push(${told(event)})`);
  return {
    page,
    push,
    pay: (payment) => push({ type: 'payment', payment }),
    press: async (...codes) => {
      for (const code of codes) {
        await page.keyboard.press(code);
        // A digit after a pause is in doubt for 160 ms: it might be the first of a torn code.
        await page.waitForTimeout(175);
      }
    },
    touch: (text) => run(`stage.touch(${JSON.stringify([...text])})`),
    // A long skip is seen with the next tick; a short one only lets the 400 ms guard pass.
    skip: (milliseconds) => run(`stage.skip(${milliseconds})`).then(() => page.waitForTimeout(milliseconds > 1000 ? 320 : 0)),
    reply: (replies) => run(`stage.reply(${told(replies)})`),
    calls: () => page.evaluate('stage.calls'),
    check: (name) => page.evaluate(`pageChecks.${name}()`),
  };
}

const english: Readonly<Record<string, string>> = {
  南门便利店: 'South Gate Store', 陈晓: 'Chen Xiao', 李薇: 'Li Wei', 王芳: 'Wang Fang', 赵宁: 'Zhao Ning', 周凯: 'Zhou Kai',
  顾客退货: 'Goods returned', 金额收错: 'Wrong amount charged', 重复收款: 'Charged twice',
  换零钱: 'change', 付货款: 'supplier', 给顾客: 'customer’s ', 找零找错: 'Wrong change given',
};

/** The same shop, with the names and notes that an English one would have. */
function inEnglish(text: string): string {
  return Object.entries(english).reduce((said, [chinese, words]) => said.replaceAll(chinese, words), text);
}

function preferencesOf(script: Script): Partial<Preferences> {
  return (script['preferences'] as Partial<Preferences> | undefined) ?? {};
}

/** Runs inside the page before anything else (a test may have put replies that are made there on `stageReplies`): the preload bridge, a clock that can be moved, and the hands of the stage. */
const bridge = `({ script, preferences, now }) => {
  const realNow = Date.now.bind(Date);
  let offset = now - realNow();
  Date.now = () => realNow() + offset;
  let listener = () => {};
  const calls = [];
  window.stage = {
    calls,
    push: (event) => listener(event),
    skip: (milliseconds) => { offset += milliseconds; },
    reply: (replies) => Object.assign(script, replies),
    touch: (keys) => keys.forEach((key) => [...document.querySelectorAll('.keypad button')].find((button) => button.textContent === key).click()),
  };
  window.scantill = {
    host: 'electron',
    call: (name, request) => {
      calls.push({ name, request });
      const made = window.stageReplies?.[name];
      if (made) return Promise.resolve(made(request));
      const reply = script[name];
      if (reply === undefined) return new Promise(() => {});
      const byId = reply && reply.byId ? reply.byId[request.paymentId] ?? null : reply;
      return Promise.resolve(structuredClone(byId));
    },
    onEvent: (next) => { listener = next; return () => {}; },
    openPhone: () => {
      calls.push({ name: 'openPhone', request: null });
      return script.noBrowser ? Promise.reject(new Error('no browser')) : Promise.resolve();
    },
    preferences: { read: () => Promise.resolve(preferences), write: () => Promise.resolve() },
  };
}`;

let code: string | null = null;

function pageCode(): string {
  code ??= `{${['texts.ts', 'checks.ts'].map((name) => stripTypeScriptTypes(readFileSync(join(root, 'renderer/page-checks', name), 'utf8'))).join('\n')}}`;
  return code;
}

async function serve(): Promise<Server> {
  const server = createServer((request, response) => {
    const path = normalize(join(built, new URL(request.url ?? '/', 'http://stage').pathname));
    if (!path.startsWith(built) || !existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': types[extname(path)] ?? 'application/octet-stream',
      'content-security-policy': policy,
      // Names of built files change with what is in them: a page that is lent again compiles nothing again.
      'cache-control': path.includes('/assets/') ? 'max-age=3600, immutable' : 'no-store',
    });
    createReadStream(path).pipe(response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the stage has no port');
  return `http://127.0.0.1:${address.port}`;
}
