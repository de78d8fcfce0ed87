/** The hosted payment page that a shown QR code leads to: the amount, and two buttons by which a browser can be the customer. */
import { createHash } from 'node:crypto';
import type { PageAnswer } from './gateway-side.ts';

export interface HostedPage {
  readonly shop: string;
  /** As the page shows it, with its currency. */
  readonly amount: string;
  readonly stands: 'waiting' | 'paid' | 'ended';
  /** Where the payer goes after the end; null where there is nowhere. Fields are sent with it by POST; none: a plain link. */
  readonly back: { readonly url: string; readonly fields: Readonly<Record<string, string>> } | null;
}

interface Words {
  readonly band: string;
  readonly pay: string;
  readonly cancel: string;
  readonly paid: string;
  readonly ended: string;
  readonly back: string;
}

const words: Readonly<Record<'zh-CN' | 'en', Words>> = {
  'zh-CN': { band: '模拟收银台 · 不是真钱', pay: '付款', cancel: '取消付款', paid: '已付款', ended: '订单已关闭', back: '返回商家' },
  en: { band: 'Simulated checkout · not real money', pay: 'Pay', cancel: 'Cancel', paid: 'Paid', ended: 'This order is closed', back: 'Back to the shop' },
};

const style = `
body{margin:0;font:18px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;background:#f4f5f7;color:#16181d;text-align:center}
.band{background:#7a3b00;color:#fff;padding:8px;font-weight:600}
main{max-width:26rem;margin:2rem auto;padding:0 1rem}
.amount{font-size:2.6rem;font-weight:700;margin:1rem 0;font-variant-numeric:tabular-nums}
button,a.back{display:block;width:100%;box-sizing:border-box;margin:.75rem 0;padding:1rem;font:inherit;font-weight:600;border-radius:12px;border:2px solid #0b57d0;background:#fff;color:#0b57d0;text-decoration:none;cursor:pointer}
button.pay{background:#0b57d0;color:#fff}
button:focus-visible,a:focus-visible{outline:3px solid #ffbf00;outline-offset:2px}
`;
const styleHash = createHash('sha256').update(style).digest('base64');
/** Forms lead here and back to the shop, whose address the page doesn't choose. */
const contentPolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; frame-ancestors 'none'`;

/** `language` is the browser's Accept-Language. */
export function hostedPage(page: HostedPage, language: string | string[] | undefined): PageAnswer {
  const locale = /^en\b/i.test(String(language ?? '')) ? 'en' : 'zh-CN';
  const { band, paid, ended } = words[locale];
  const rest = page.stands === 'waiting' ? buttons(words[locale]) : `<p role="status">${page.stands === 'paid' ? paid : ended}</p>${backTo(page.back, words[locale])}`;
  const body =
    `<!DOCTYPE html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${band}</title><style>${style}</style></head>` +
    `<body><div class="band">${band}</div><main><h1>${escapeHtml(page.shop)}</h1><div class="amount">${escapeHtml(page.amount)}</div>${rest}</main></body></html>`;
  return { status: 200, type: 'text/html', body, headers: { 'content-security-policy': contentPolicy } };
}

/** Sends the browser back to the page itself after a button, so that reloading it presses nothing. */
export function seeOther(location: string): PageAnswer {
  return { status: 303, type: 'text/plain', body: '', headers: { location } };
}

export function noSuchPage(): PageAnswer {
  return { status: 404, type: 'text/plain', body: '没有这个订单 / no such order' };
}

/** What was pressed on the page; null for anything else. */
export function pressed(body: Buffer): 'pay' | 'cancel' | null {
  const does = new URLSearchParams(body.toString('utf8')).get('does');
  return does === 'pay' || does === 'cancel' ? does : null;
}

function buttons({ pay, cancel }: Words): string {
  return `<form method="post"><button class="pay" name="does" value="pay">${pay}</button><button name="does" value="cancel">${cancel}</button></form>`;
}

function backTo(back: HostedPage['back'], { back: label }: Words): string {
  if (back === null) return '';
  const fields = Object.entries(back.fields);
  const url = escapeHtml(back.url);
  if (fields.length === 0) return `<a class="back" href="${url}" rel="noreferrer">${label}</a>`;
  const inputs = fields.map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`).join('');
  return `<form method="post" action="${url}">${inputs}<button>${label}</button></form>`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
