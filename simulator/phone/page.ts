/** The phone's page as HTML: everything is there at once, the script only fills in what changes. */
import type { PhoneWords } from './words.ts';

const walletNames = ['wechat', 'alipay', 'unionpay'] as const;
const mannerNames = ['atOnce', 'password', 'notEnough', 'ignores', 'cancels', 'late', 'paysAll'] as const;
const troubleNames = ['loseOne', 'late', 'status500', 'none'] as const;

/** One for each shown code that the state lists at most. */
const shownButtons = [0, 1, 2, 3] as const;

export function phonePage(words: PhoneWords, language: 'zh-CN' | 'en'): string {
  const otherLanguage = language === 'en' ? 'zh-CN' : 'en';
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(words.title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="style.css">
<script src="script.js" defer></script>
</head>
<body data-asks="${escapeHtml(words.asks)}" data-scan="${escapeHtml(words.scan)}" data-ended="${escapeHtml(JSON.stringify(words.ended))}">
<header class="band">${escapeHtml(words.band)}</header>
<main>
<p class="away" id="away" role="alert" hidden>${escapeHtml(words.away)}</p>
<section class="card">
<fieldset class="wallets"><legend class="unseen">${escapeHtml(words.walletLegend)}</legend>
${walletNames.map((name) => walletChoice(name, words)).join('\n')}
</fieldset>
<img class="bars" id="bars" alt="${escapeHtml(words.barcode)}">
<p class="digits" id="digits"></p>
<div class="lower">
<img class="qr" id="qr" alt="${escapeHtml(words.qr)}">
<div>
<button type="button" id="renew">${escapeHtml(words.newCode)}<span class="countdown" id="countdown"></span></button>
<p class="money">${escapeHtml(words.balance)} <b id="balance"></b></p>
</div>
</div>
</section>
<section class="charge quiet" id="charge" aria-live="polite">
<p id="line">${escapeHtml(words.waitingForShop)}</p>
<p class="amount" id="amount" hidden><small id="sign"></small><span id="figures"></span></p>
<div class="decide" id="decide" hidden>
<button type="button" id="cancel">${escapeHtml(words.cancel)}</button>
<button type="button" class="pay" id="pay">${escapeHtml(words.pay)}</button>
</div>
</section>
<section class="shown" id="shown" hidden>
<h2>${escapeHtml(words.shown)}</h2>
${shownButtons.map((index) => `<button type="button" id="shown${index}" hidden></button>`).join('\n')}
</section>
<fieldset><legend>${escapeHtml(words.customer)}</legend>
<div class="choices">
${mannerNames.map((name) => choice('radio', 'manner', name, words.manners[name])).join('\n')}
</div>
</fieldset>
<fieldset><legend>${escapeHtml(words.network)}</legend>
<div class="choices">
${troubleNames.map((name) => choice('checkbox', 'trouble', name, words.troubles[name])).join('\n')}
</div>
</fieldset>
<p class="foot"><a href="?lang=${otherLanguage}" lang="${otherLanguage}">${escapeHtml(words.otherLanguage)}</a></p>
</main>
</body>
</html>
`;
}

function walletChoice(name: (typeof walletNames)[number], words: PhoneWords): string {
  return `<label><input type="radio" name="wallet" value="${name}"><span class="mark ${name}" aria-hidden="true">${escapeHtml(words.marks[name])}</span>${escapeHtml(words.wallets[name])}</label>`;
}

function choice(type: 'radio' | 'checkbox', group: string, value: string, label: string): string {
  return `<label><input type="${type}" name="${group}" value="${value}"><span>${escapeHtml(label)}</span></label>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
