/** The customer's screen, a metre away: one thing at a time, in the shop's language, with the second small under it. */
import { lazy, Suspense, type ReactElement, type ReactNode } from 'react';
import type { Amount, CustomerDisplay, DisplayShows, Instant } from '../../core/contract/types.ts';
import { AmountFigures, figuresWide } from '../parts/amount.tsx';
import { NotPaidMark, PaidMark } from '../parts/marks.tsx';
import { WalletMark } from '../parts/wallet.tsx';
import { clockText, secondsUntil, timeLeft } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';
import { displayWords } from './words.ts';

/** The drawing of codes is large: it is loaded when the first one is shown. */
const QrCode = lazy(() => import('../parts/qr-code.tsx'));

interface PageProps {
  readonly display: CustomerDisplay;
  readonly now: Instant;
}

export function DisplayPage({ display, now }: PageProps): ReactElement {
  const { shop, shows } = display;
  const first = displayWords[shop.locale];
  const second = displayWords[shop.locale === 'en' ? 'zh-CN' : 'en'];
  return (
    <div className={shop.training ? 'display training' : 'display'} data-shows={shows.kind}>
      {shop.training && <div className="display-training"><b>{first.training}</b><span lang={otherLanguage(shop.locale)}>{second.training}</span></div>}
      <Shown display={display} shows={shows} now={now} />
    </div>
  );
}

function otherLanguage(locale: 'zh-CN' | 'en'): 'zh-CN' | 'en' {
  return locale === 'en' ? 'zh-CN' : 'en';
}

function Shown({ display, shows, now }: PageProps & { readonly shows: DisplayShows }): ReactElement {
  const { shop } = display;
  switch (shows.kind) {
    case 'dark': return <main className="dark" />;
    case 'idle': return <main className="idle"><h1>{shop.name}</h1><time>{clockText(now, shop.timezone, 'minutes')}</time></main>;
    case 'amount': return <Plain display={display} amount={shows.amount} />;
    case 'pay': return <Plain display={display} amount={shows.amount} word="showCode" />;
    case 'confirm': return <Plain display={display} amount={shows.amount} word="confirm" />;
    case 'checking': return <Plain display={display} amount={shows.amount} word="checking" look="checking" />;
    case 'code': return <Code display={display} shows={shows} now={now} />;
    case 'cash': return <Cash display={display} shows={shows} />;
    case 'paid': return <Paid display={display} shows={shows} />;
    case 'notPaid': return <NotPaid display={display} amount={shows.amount} />;
  }
}

type Word = keyof (typeof displayWords)['en'];

/** A line in the shop's language, and the other one small. */
function Both({ display, word, tag: Tag = 'p' }: { readonly display: CustomerDisplay; readonly word: Word; readonly tag?: 'p' | 'h1' }): ReactElement {
  const { locale } = display.shop;
  const other = otherLanguage(locale);
  return <><Tag className="said">{displayWords[locale][word]}</Tag><p className="said-second" lang={other}>{displayWords[other][word]}</p></>;
}

function Figures({ amount }: { readonly amount: Amount }): ReactElement {
  return <div className="figures" style={figuresWide(amount)}><AmountFigures amount={amount} /></div>;
}

function Head({ display }: { readonly display: CustomerDisplay }): ReactElement {
  return <p className="shop">{display.shop.name}</p>;
}

interface PlainProps {
  readonly display: CustomerDisplay;
  readonly amount: Amount;
  readonly word?: Word;
  readonly look?: string;
}

/** The amount, and what the customer is asked to do, where anything is. */
function Plain({ display, amount, word, look = '' }: PlainProps): ReactElement {
  return (
    <main className={`plain ${look}`}>
      <div className="sheet">
        <Head display={display} />
        <div className="middle">
          {/* Whoever is being checked on may have paid: nothing asks for more. */}
          {word !== 'checking' && <div className="pay"><Both display={display} word="pay" /></div>}
          <Figures amount={amount} />
        </div>
        <div className="foot">{word !== undefined && <Both display={display} word={word} tag="h1" />}</div>
      </div>
    </main>
  );
}

function Code({ display, shows, now }: PageProps & { readonly shows: Extract<DisplayShows, { kind: 'code' }> }): ReactElement {
  const { t } = useWords();
  const words = displayWords[display.shop.locale];
  return (
    <main className="code">
      <div className="code-side">
        <div className="code-corners">
          <i className="corner" /><i className="corner" /><i className="corner" /><i className="corner" />
          <div className="code-white"><Suspense><QrCode text={shows.qr} size={1200} label={words.scanCode} /></Suspense></div>
        </div>
      </div>
      <div className="sheet">
        <Head display={display} />
        <div className="middle">
          <div className="pay"><Both display={display} word="pay" /></div>
          <Figures amount={shows.amount} />
          <Both display={display} word="scan" tag="h1" />
          <Wallets>{shows.wallets.map((wallet) => <span className="row" key={wallet}><WalletMark wallet={wallet} size={34} />{t(`wallet.${wallet}`)}</span>)}</Wallets>
        </div>
        <div className="left"><span><Both display={display} word="left" /></span><b>{timeLeft(secondsUntil(shows.until, now))}</b></div>
      </div>
    </main>
  );
}

function Wallets({ children }: { readonly children: readonly ReactNode[] }): ReactElement | null {
  return children.length === 0 ? null : <div className="wallets">{children}</div>;
}

function Cash({ display, shows }: { readonly display: CustomerDisplay; readonly shows: Extract<DisplayShows, { kind: 'cash' }> }): ReactElement {
  return (
    <main className="plain cash">
      <div className="sheet">
        <Head display={display} />
        <div className="middle sums">
          <div className="sum"><div className="pay"><Both display={display} word="received" /></div><Figures amount={shows.received} /></div>
          <div className="sum change"><div className="pay"><Both display={display} word="change" /></div><Figures amount={shows.change} /></div>
        </div>
        <div className="foot"><Both display={display} word="thanks" /></div>
      </div>
    </main>
  );
}

function Paid({ display, shows }: { readonly display: CustomerDisplay; readonly shows: Extract<DisplayShows, { kind: 'paid' }> }): ReactElement {
  return (
    <main className="paid">
      <div className="sheet">
        <Head display={display} />
        <div className="verdict"><PaidMark size={200} onFlood /><div><Both display={display} word="paid" tag="h1" /></div></div>
        <Figures amount={shows.amount} />
        <div className="foot"><Both display={display} word={shows.receipt ? 'thanksReceipt' : 'thanks'} /></div>
      </div>
    </main>
  );
}

function NotPaid({ display, amount }: { readonly display: CustomerDisplay; readonly amount: Amount }): ReactElement {
  return (
    <main className="not-paid">
      <div className="sheet">
        <Head display={display} />
        <div className="verdict"><NotPaidMark size={200} /><div><Both display={display} word="notPaid" tag="h1" /></div></div>
        <Figures amount={amount} />
        <div className="foot"><Both display={display} word="seeCashier" /></div>
      </div>
    </main>
  );
}
