/** The routing: per wallet what a scan goes to and what new ones go to when that is down; for showing a code, an order. */
import type { ReactElement } from 'react';
import type { SettingsView, Wallet } from '../../core/contract/types.ts';
import { routeRows, routeValue, routeWallets, type RouteRow } from '../machine/settings-routing.ts';
import { tabsOf, type SettingsGatewaysPlace } from '../machine/settings-gateways-form.ts';
import { keepFocus } from '../parts/cap.tsx';
import { ChevronMark } from '../parts/chevron.tsx';
import { useRingInSight } from '../parts/in-sight.ts';
import { useSend } from '../parts/send.ts';
import { WalletMark } from '../parts/wallet.tsx';
import { useWords, type Said } from '../words/i18n.ts';

export function RoutingForm({ at, currency }: { readonly at: SettingsGatewaysPlace; readonly currency: string }): ReactElement | null {
  const { t } = useWords();
  const { view } = at;
  if (!view) return null;
  const rows = routeRows(view);
  const shows = rows.filter((row) => row.kind === 'mpm');
  return (
    <>
      <h2 className="route-title">{t('gateways.scanning')}</h2>
      <div className="route-head" aria-hidden="true"><span /><span>{t('gateways.goesTo')}</span><span>{t('gateways.fallback')}</span></div>
      <ul>
        {routeWallets.map((wallet) => (
          <li className="route-row" key={wallet}>
            <span className="route-wallet">{wallet !== 'other' && <WalletMark wallet={wallet} />}{walletName(wallet, t)}</span>
            <RouteBox at={at} view={view} row={{ kind: 'cpm', wallet }} />
            <RouteBox at={at} view={view} row={{ kind: 'fallback', wallet }} />
          </li>
        ))}
      </ul>
      <h2 className="route-title">{t('gateways.showing')}</h2>
      {shows.length === 0 ? <p className="settings-sub">{t('gateways.nobodyShows')}</p> : <div className="route-order">{shows.map((row, index) => <RouteBox at={at} view={view} row={row} key={index} />)}</div>}
      <p className="people-note">{t('gateways.routingNote', { currency })}</p>
    </>
  );
}

function walletName(wallet: Wallet, t: Said['t']): string {
  return wallet === 'other' ? t('gateways.otherCodes') : t(`wallet.${wallet}`);
}

function RouteBox({ at, view, row }: { readonly at: SettingsGatewaysPlace; readonly view: SettingsView; readonly row: RouteRow }): ReactElement {
  const said = useWords();
  const send = useSend();
  const index = routeRows(view).findIndex((one) => JSON.stringify(one) === JSON.stringify(row));
  const here = at.ring === index;
  const box = useRingInSight<HTMLButtonElement>(here);
  const value = at.routing && routeValue(at.routing, row);
  return (
    <button
      type="button" ref={box} tabIndex={-1} aria-current={here} className={`setting-box route-box${here ? ' ringed' : ''}${value === null ? ' unset' : ''}${row.kind === 'fallback' ? ' second' : ''}`}
      onMouseDown={keepFocus} onClick={() => send({ type: 'row', index: tabsOf(at).length + index })}
    >
      {row.kind === 'mpm' && <b>{row.position + 1}</b>}
      <span>{value === null ? unsetWords(at, view, row, said) : gatewayName(view, value, said)}</span>
      {row.kind === 'mpm' ? <small>{said.t(row.position === 0 ? 'gateways.first' : 'gateways.whenDown')}</small> : <ChevronMark />}
    </button>
  );
}

function gatewayName(view: SettingsView, id: string, { locale }: Pick<Said, 'locale'>): string {
  return view.gateways.find((gateway) => gateway.id === id)?.names[locale] ?? id;
}

/** What holds where nothing is chosen, as the till routes it: the wallet goes where the others go, and those to the first that can. */
function unsetWords(at: SettingsGatewaysPlace, view: SettingsView, row: RouteRow, said: Said): string {
  const { t } = said;
  const able = view.gateways.filter(({ scans, shows }) => (row.kind === 'mpm' ? shows : scans)).map(({ id }) => id);
  if (row.kind === 'mpm') return row.position === 0 && at.routing?.mpm.length === 0 && able[0] !== undefined ? t('gateways.byItself', { name: gatewayName(view, able[0], said) }) : t('gateways.noOrder');
  const others = at.routing?.[row.kind].other ?? null;
  if (row.kind === 'fallback') return row.wallet !== 'other' && others !== null ? t('gateways.byItself', { name: gatewayName(view, others, said) }) : t('gateways.noFallback');
  const usual = others ?? able[0];
  return usual === undefined ? t('gateways.byItselfNone') : t('gateways.byItself', { name: gatewayName(view, usual, said) });
}
