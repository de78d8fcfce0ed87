/** Cash in, cash out: the drawer of this shift left, right three steps: how much, why, who approves. */
import type { ReactElement, ReactNode } from 'react';
import type { DrawerMove, XReport } from '../../core/contract/types.ts';
import { amountText } from '../../core/money/amount.ts';
import { approvalNeeded, drawerReasons, moveAmount, onlyOpens, type DrawerPlace } from '../machine/drawer.ts';
import { sentenceMost } from '../machine/reasons.ts';
import type { TillScreen } from '../machine/state.ts';
import { AmountFigures, figuresWide } from '../parts/amount.tsx';
import { Key } from '../parts/cap.tsx';
import { PinBoxes, PinTrouble, usePinTrouble } from '../parts/pin.tsx';
import { ReasonChoices } from '../parts/reason-choices.tsx';
import { TextField } from '../parts/text-field.tsx';
import { TickMark } from '../parts/money-marks.tsx';
import { clockText } from '../words/format.ts';
import { useWords } from '../words/i18n.ts';
import { spokenAmount } from '../words/spoken.ts';
import { sumText } from '../words/sums.ts';
import { Keypad } from './keypad.tsx';
import type { PartLook } from './parts.tsx';

interface DrawerProps {
  readonly at: DrawerPlace;
  readonly state: TillScreen;
}

/** So many of the latest movements have room beside the steps. */
const movesShown = 8;

function Drawer({ at, state }: DrawerProps): ReactElement {
  const { t } = useWords();
  const self = !approvalNeeded(state, at);
  return (
    <main className="cash-move">
      <aside className="cash-moves">
        <p>{t('drawer.title')}</p>
        {at.report && <Moves report={at.report} state={state} />}
        <div className="touch-keys"><Keypad label={t('sale.keypad')} /></div>
        <p className="every">{t('drawer.every')}</p>
      </aside>
      <div className="move-steps">
        <HowMuch at={at} state={state} />
        <Why at={at} state={state} />
        <Step number={3} word={t('drawer.who')} now={at.stage === 'who'} done={false} quiet={self}>
          {at.stage === 'who' ? <Approval at={at} state={state} /> : <p>{t(self ? 'drawer.whoSelf' : 'drawer.whoHint')}</p>}
        </Step>
        <p className="move-then">{t(onlyOpens(state, at) ? 'drawer.thenOpens' : self ? 'drawer.thenSelf' : 'drawer.then')}</p>
      </div>
    </main>
  );
}

interface StepProps {
  readonly number: 1 | 2 | 3;
  readonly word: string;
  readonly now: boolean;
  readonly done: boolean;
  readonly quiet?: boolean;
  readonly children: ReactNode;
}

function Step({ number, word, now, done, quiet = false, children }: StepProps): ReactElement {
  const { t } = useWords();
  return (
    <section className={`move-step${now ? ' now' : ''}${quiet ? ' quiet' : ''}`}>
      <h2 className="row" {...(now ? { id: 'title', tabIndex: -1 } : {})}><i className="move-number">{done ? <TickMark size={15} /> : number}</i>{quiet ? t('drawer.whoSelf') : word}</h2>
      {!quiet && <div className="move-body">{children}</div>}
    </section>
  );
}

function HowMuch({ at, state }: DrawerProps): ReactElement | null {
  const { t } = useWords();
  const amount = moveAmount(state, at);
  if (!amount) return null;
  const out = at.direction === 'out';
  return (
    <Step number={1} word={t(out ? 'drawer.howMuchOut' : 'drawer.howMuchIn')} now={at.stage === 'amount'} done={at.stage !== 'amount'}>
      <div className="move-amount" style={figuresWide(amount)}>
        {!onlyOpens(state, at) && <span className="direction">{out ? '−' : '+'}</span>}
        <AmountFigures amount={amount} empty={at.entry.typed === ''} caret={at.stage === 'amount'} />
        {(at.stage === 'amount' || at.stage === 'why') && !onlyOpens(state, at) && <span className="row turn"><Key>*</Key>{t(out ? 'drawer.turnIn' : 'drawer.turnOut')}</span>}
      </div>
      {at.stage === 'amount' && <p>{t('drawer.zero')}</p>}
      {at.stage !== 'amount' && onlyOpens(state, at) && <p>{t('drawer.opensOnly')}</p>}
    </Step>
  );
}

function Why({ at, state }: DrawerProps): ReactElement {
  const { t } = useWords();
  return (
    <Step number={2} word={t('drawer.why')} now={at.stage === 'why' || at.stage === 'sentence'} done={at.stage === 'who' || at.stage === 'sent'}>
      {at.stage === 'sentence'
        ? <TextField label={t('drawer.why')} value={at.reason?.sentence ?? ''} most={sentenceMost} />
        : at.stage !== 'amount' && <ReasonChoices reasons={drawerReasons(state, at)} reason={at.reason} ringed={at.stage === 'why'} />}
    </Step>
  );
}

function Approval({ at, state }: DrawerProps): ReactElement {
  const { t } = useWords();
  const trouble = usePinTrouble(state, at.pin);
  const digits = state.status?.staff.pinDigits ?? 4;
  return (
    <>
      <PinBoxes typed={at.pin.sent ? digits : at.pin.typed.length} digits={digits} ringed={!at.pin.sent} />
      {trouble === null ? <p>{at.pin.sent ? t('signIn.checking') : t('drawer.whoHint')}</p> : <PinTrouble {...trouble} />}
    </>
  );
}

function Moves({ report, state }: { readonly report: XReport; readonly state: TillScreen }): ReactElement {
  const { t } = useWords();
  const timezone = state.status?.timezone;
  const moves = report.sums.moves.slice(-movesShown);
  return (
    <ul className="moves-paper">
      <li><time>{clockText(report.shift.openedAt, timezone, 'minutes')}</time><span>{t('drawer.float')}</span><b>{amountText(report.shift.float)}</b></li>
      {moves.map((move, index) => (
        <li key={index}><time>{clockText(move.at, timezone, 'minutes')}</time><span>{t(`drawer.${move.direction}`, { reason: move.reason })}</span><b>{moveText(move)}</b></li>
      ))}
      {moves.length === 0 && <li className="no-moves">{t('drawer.none')}</li>}
    </ul>
  );
}

function moveText(move: DrawerMove): string {
  if (move.direction === 'opened') return '';
  return sumText(move.direction === 'out' ? -move.amount.minor : move.amount.minor, move.amount.currency);
}

export const drawerLook: PartLook<DrawerPlace> = {
  title: 'screen.drawer',
  draw: (at, state) => <Drawer at={at} state={state} />,
  words(at, state, { t, locale }) {
    const amount = moveAmount(state, at);
    if (at.stage === 'amount') return { polite: at.entry.typed === '' || !amount ? t(at.direction === 'out' ? 'drawer.howMuchOut' : 'drawer.howMuchIn') : spokenAmount(amount, locale) };
    if (at.stage === 'who') return { polite: at.pin.typed.length > 0 ? t('say.pinDigit', { typed: at.pin.typed.length }) : t('drawer.who') };
    return { polite: t('drawer.why') };
  },
};
