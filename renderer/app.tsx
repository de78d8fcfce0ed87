/** The whole page: the frame, the screen that the state shows, and what lies over it. */
import { useEffect, useLayoutEffect, type ReactElement } from 'react';
import type { PaymentView } from '../core/contract/types.ts';
import { Announcer } from './frame/announcer.tsx';
import { Bars } from './frame/bars.tsx';
import { Rail } from './frame/rail.tsx';
import { StatusBar } from './frame/status-bar.tsx';
import { TopBar } from './frame/top-bar.tsx';
import { TrainingBand } from './frame/training-band.tsx';
import { hasOverLine } from './machine/bars.ts';
import type { Input } from './machine/inputs.ts';
import type { TillScreen } from './machine/state.ts';
import { isPart } from './machine/parts.ts';
import { screenSignature, shownPayment, viewName, type ViewName } from './machine/view.ts';
import { SendContext } from './parts/send.ts';
import { Menu } from './screens/menu.tsx';
import { NotKnownScreen } from './screens/not-known.tsx';
import { NotPaidScreen } from './screens/not-paid.tsx';
import { OpenEmptyScreen, OpenScreen } from './screens/open.tsx';
import { PaidScreen } from './screens/paid.tsx';
import { PresentScreen } from './screens/present.tsx';
import { isBare, isRailless, PartScreen } from './screens/parts.tsx';
import { QuestionScreen, SameCustomerScreen } from './screens/question.tsx';
import { ReviewScreen } from './screens/review.tsx';
import { SaleScreen } from './screens/sale.tsx';
import { ConnectingScreen, OtherScreen, RecoveringScreen, StoppedScreen } from './screens/start.tsx';
import { WaitingScreen } from './screens/waiting.tsx';
import { useTill } from './till.ts';
import { GatewaysContext, type NamedGateway } from './words/gateways.ts';
import { speak } from './words/i18n.ts';

/** The verdicts reach to the upper edge: nothing stands over the word. What is said over a screen takes the top bar's place, so it stands then. */
const withoutTopBar: ReadonlySet<ViewName> = new Set(['paid', 'notPaid', 'unknown', 'reversing', 'review']);

const noGateways: readonly NamedGateway[] = [];

export function App({ send }: { readonly send: (input: Input) => void }): ReactElement {
  const state = useTill();
  const view = viewName(state);
  useAppearance(state);
  useTitleFocus(state);
  const menu = state.menu !== 'closed';
  const training = state.status?.training ?? false;
  return (
    <SendContext value={send}>
      <GatewaysContext value={state.status?.gateways ?? noGateways}>
        <div className={training ? 'frame training' : 'frame'} data-view={view}>
          {training && <TrainingBand phoneUrl={state.status?.phoneUrl ?? null} />}
          {(menu || hasOverLine(state) || !(isPart(view) ? isBare(state) : withoutTopBar.has(view))) && <TopBar state={state} />}
          <div className="content">
            <Screen state={state} view={view} />
            {menu && <Menu state={state} />}
          </div>
          <Bars state={state} />
          {(menu || !(view === 'paid' || (isPart(view) && isRailless(state)))) && <Rail state={state} />}
          <StatusBar state={state} />
          <Announcer state={state} />
        </div>
      </GatewaysContext>
    </SendContext>
  );
}

function Screen({ state, view }: { readonly state: TillScreen; readonly view: ViewName }): ReactElement | null {
  const shown = shownPayment(state);
  if (isPart(view)) return <PartScreen state={state} />;
  switch (view) {
    case 'connecting': return <ConnectingScreen />;
    case 'occupied': return <OtherScreen taken={false} />;
    case 'takenOver': return <OtherScreen taken />;
    case 'stopped': return <StoppedScreen state={state} />;
    case 'recovering': return <RecoveringScreen state={state} />;
    case 'sale': case 'charging': case 'typeCode': case 'codePaid': case 'codeOpen': case 'sameCodeFailed': return <SaleScreen state={state} />;
    case 'sameCustomer': return state.guard?.kind === 'sameCustomer' ? <SameCustomerScreen state={state} guard={state.guard} /> : null;
    case 'open': return <OpenScreen state={state} />;
    case 'openEmpty': return <OpenEmptyScreen state={state} />;
    default: return shown && <PaymentScreen state={state} payment={shown} view={view} />;
  }
}

interface PaymentScreenProps {
  readonly state: TillScreen;
  readonly payment: PaymentView;
  readonly view: 'waiting' | 'question' | 'unknown' | 'reversing' | 'review' | 'paid' | 'notPaid' | 'presentQr';
}

/** Verdicts are drawn from what the till says of the payment, and from nothing else. */
function PaymentScreen({ state, payment, view }: PaymentScreenProps): ReactElement {
  switch (view) {
    case 'waiting': return <WaitingScreen state={state} payment={payment} />;
    case 'question': return <QuestionScreen state={state} payment={payment} />;
    case 'unknown': case 'reversing': return <NotKnownScreen state={state} payment={payment} />;
    case 'review': return <ReviewScreen state={state} payment={payment} />;
    case 'presentQr': return <PresentScreen state={state} payment={payment} />;
    case 'paid': return <PaidScreen state={state} payment={payment} />;
    case 'notPaid': return <NotPaidScreen state={state} payment={payment} />;
  }
}

/** Language and theme of this screen on the root, where styles and screen readers look for them. */
function useAppearance(state: TillScreen): void {
  const { preferences, status } = state;
  const locale = preferences.locale ?? status?.locale ?? null;
  useLayoutEffect(() => {
    if (locale !== null) speak(locale);
  }, [locale]);
  useEffect(() => {
    const system = window.matchMedia('(prefers-color-scheme: dark)');
    const apply = (): void => {
      const dark = preferences.theme === 'dark' || (preferences.theme === 'system' && system.matches);
      document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
    };
    apply();
    system.addEventListener('change', apply);
    return () => system.removeEventListener('change', apply);
  }, [preferences.theme]);
}

/** After a screen change the title has the focus, so that it is read first; the ring is drawn by the screen. */
function useTitleFocus(state: TillScreen): void {
  const signature = screenSignature(state);
  useEffect(() => {
    // The menu lies over a field too: its digits are choices, and no letters. A screen with a field is typed into at once.
    const first = document.querySelector<HTMLElement>('.content > .menu-shade #title') ?? document.querySelector<HTMLElement>('[data-field]');
    (first ?? document.getElementById('title'))?.focus({ preventScroll: true });
  }, [signature]);
}
