/** The sentences for a screen reader: one for every verdict and question, and what changes quietly. */
import type { PaymentView } from '../../core/contract/types.ts';
import { entryTotal } from '../machine/entry.ts';
import { entryRules, type TillScreen } from '../machine/state.ts';
import { codeStage } from '../machine/code-stage.ts';
import { ringedPayment, shownPayment, viewName } from '../machine/view.ts';
import { clockText, secondsSince } from './format.ts';
import type { Said } from './i18n.ts';
import { barText, guardWords, notPaidWords, stageWords } from './payment-words.ts';
import { spokenAmount } from './spoken.ts';

/** Said at once: what decides whether goods go over the counter. */
export function urgentWords(state: TillScreen, said: Said): string {
  const bar = state.bars.at(-1);
  const own = viewWords(state, said);
  return own !== '' ? own : bar ? barText(said.t, bar, state) : '';
}

function viewWords(state: TillScreen, said: Said): string {
  const { t } = said;
  const view = viewName(state);
  const shown = shownPayment(state);
  switch (view) {
    case 'paid': return shown ? t('say.paid', { amount: spokenAmount(shown.amount, said.locale) }) : '';
    case 'notPaid': return shown ? notPaidSaid(shown, said) : '';
    case 'unknown': return t('say.unknown');
    case 'reversing': return t('say.reversing');
    case 'review': return t('say.review');
    case 'presentQr': return shown ? codeSaid(shown, said) : '';
    case 'sameCustomer': case 'codePaid': case 'codeOpen': case 'sameCodeFailed': return guardSaid(state, said);
    default: return '';
  }
}

/** Where the code stands; the seconds that it is still good for are no news. */
function codeSaid(payment: PaymentView, { t, locale }: Said): string {
  switch (codeStage(payment)) {
    case 'up': return t('say.codeUp', { amount: spokenAmount(payment.amount, locale) });
    case 'scanned': return t('say.codeScanned');
    case 'closing': return t('say.codeClosing');
    case 'expired': return t('present.expired');
    case 'notClosed': return t('present.notClosed');
    default: return '';
  }
}

function notPaidSaid(payment: PaymentView, said: Said): string {
  if (payment.state === 'reversed') return said.t('say.undone');
  return said.t('say.notPaid', { reason: notPaidWords(payment, said).reason });
}

function guardSaid(state: TillScreen, said: Said): string {
  if (!state.guard) return '';
  const words = guardWords(state.guard, said);
  return said.t('say.guard', { title: words.title, sub: words.text, choice: words.enter });
}

/** Said in a pause: the amount that rests, the seconds that matter, the row that is ringed. */
export function politeWords(state: TillScreen, said: Said): string {
  const { t, locale } = said;
  const view = viewName(state);
  const shown = shownPayment(state);
  const rules = entryRules(state);
  if (view === 'sale' && rules && state.entrySettled) {
    const total = entryTotal(state.entry, rules);
    return total.minor === 0 ? '' : t('say.amount', { amount: spokenAmount(total, locale) });
  }
  if ((view === 'waiting' || view === 'question') && shown) return waitingSaid(state, shown, said);
  const ringed = ringedPayment(state);
  if (!ringed) return '';
  return t('say.row', {
    stage: stageWords(t, ringed), amount: spokenAmount(ringed.amount, locale), time: clockText(ringed.startedAt, state.status?.timezone, 'minutes'),
  });
}

function waitingSaid(state: TillScreen, payment: PaymentView, said: Said): string {
  const seconds = secondsSince(payment.startedAt, state.now);
  if (seconds >= payment.questionSeconds) return said.t('say.seconds', { seconds: payment.questionSeconds });
  const half = Math.round(payment.questionSeconds / 2);
  if (seconds >= half) return said.t('say.seconds', { seconds: half });
  return said.t('say.waiting', { amount: spokenAmount(payment.amount, said.locale) });
}
