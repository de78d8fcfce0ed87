/** Sale: the amount, then the scan. Also the sale whose scan is being charged, or waits for an answer to a question. */
import type { ReactElement } from 'react';
import type { Amount, Message } from '../../core/contract/types.ts';
import { amountText, amountWithSign } from '../../core/money/amount.ts';
import { currencyDecimals } from '../../core/money/currency.ts';
import { AmountFigures, figuresWide } from '../parts/amount.tsx';
import { UnknownMark } from '../parts/marks.tsx';
import { Tape } from '../frame/tape.tsx';
import { entryIsEmpty, entryLines, entryTotal, type EntryRules } from '../machine/entry.ts';
import { entryRules, type TillScreen } from '../machine/state.ts';
import { isAskedFirst } from '../machine/same-customer.ts';
import { hasAmount, shiftIsMissing, shownPayment, viewName } from '../machine/view.ts';
import { useWords } from '../words/i18n.ts';
import type { WordKey } from '../words/zh-CN.ts';
import { Keypad } from './keypad.tsx';
import { SaleBlock } from './sale-block.tsx';

export function SaleScreen({ state }: { readonly state: TillScreen }): ReactElement | null {
  const { t, text } = useWords();
  const rules = entryRules(state);
  if (!rules) return null;
  const fixed = fixedAmount(state);
  const amount = fixed ?? entryTotal(state.entry, rules);
  const problems = deviceProblems(state);
  const keypad = state.preferences.keypad === 'shown';
  const className = ['sale', keypad ? '' : 'no-keypad', problems.length > 0 ? 'noted' : '', problems.length > 1 ? 'noted-twice' : ''].filter(Boolean).join(' ');
  return (
    <main className={className}>
      <div className="sale-left">
        <h1 className="sale-sentence" tabIndex={-1} id="title" aria-describedby="amount">{t(sentence(state))}</h1>
        <div className="sale-amount" style={figuresWide(amount)}>
          <AmountFigures amount={amount} empty={!fixed && entryIsEmpty(state.entry)} caret={!fixed && viewName(state) !== 'typeCode'} id="amount" />
        </div>
        <SumLine state={state} rules={rules} />
        <div className="sale-body">
          {keypad && <Keypad label={t('sale.keypad')} />}
          <SaleBlock state={state} />
        </div>
        {problems.length > 0 && <p className="device-note"><UnknownMark size={26} /><span>{problems.map(text).join(' ')}</span></p>}
      </div>
      <Tape state={state} />
    </main>
  );
}

/** While a scan is charged, the amount is what was sent, not what is typed. */
function fixedAmount(state: TillScreen): Amount | null {
  if (viewName(state) !== 'charging') return null;
  return state.charging?.charge.amount ?? shownPayment(state)?.amount ?? null;
}

function sentence(state: TillScreen): WordKey {
  switch (viewName(state)) {
    case 'charging':
      if (isAskedFirst(state)) return 'sale.askingFirst';
      return state.charging?.charge.scan === null ? 'present.making' : 'sale.charging';
    case 'typeCode': return 'sale.typeCode';
    case 'codePaid': case 'codeOpen': case 'sameCodeFailed': return 'sale.nothingCharged';
    default:
  }
  if (state.link === 'down') return 'sale.noLink';
  if (state.notice && state.notice.kind !== 'done') return 'sale.nothingCharged';
  if (shiftIsMissing(state)) return 'sale.shiftClosed';
  if (state.held) return hasAmount(state) ? 'sale.codeReady' : 'sale.codeFirst';
  return hasAmount(state) ? 'sale.amount' : 'sale.idle';
}

/** The lines that make up the amount, or how to type one. */
export function SumLine({ state, rules }: { readonly state: TillScreen; readonly rules: EntryRules }): ReactElement {
  const { t } = useWords();
  const lines = entryLines(state.entry, rules);
  if (state.entry.lines.length > 0 && viewName(state) !== 'charging') {
    const shown = lines.slice(-4).map(amountText).join(' + ');
    return <p className="sale-sum"><b>{lines.length > 4 ? '… + ' : ''}{shown}</b><span>{t('sale.items', { count: lines.length })}</span></p>;
  }
  if (!entryIsEmpty(state.entry) || viewName(state) === 'charging') return <p className="sale-sum" />;
  const example = amountWithSign({ minor: 3850, currency: rules.currency });
  return <p className="sale-sum">{t(hint(rules), { example })}</p>;
}

function hint(rules: EntryRules): WordKey {
  if (currencyDecimals(rules.currency) === 0) return 'sale.hintWhole';
  if (rules.mode === 'centsFirst') return 'sale.hintCents';
  return rules.currency === 'CNY' ? 'sale.hint' : 'sale.hintOther';
}

/** What is wrong with a device, where it is known: one at a time, but a payment that can't be read is said beside the journal's own note. The scanner's place is the scan block. */
function deviceProblems(state: TillScreen): readonly Message[] {
  const { status } = state;
  if (!status || state.link !== 'up') return [];
  const lights = [...status.gateways, status.journal, ...(status.printer.present ? [status.printer] : []), ...(status.notifications === null ? [] : [status.notifications])];
  const light = lights.find((one) => one.light !== 'ready' && one.message !== null);
  if (!light?.message) return [];
  return light === status.journal && status.journal.also ? [light.message, status.journal.also] : [light.message];
}
