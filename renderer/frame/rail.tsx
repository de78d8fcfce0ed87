/** The rail: the keys that do something now, on caps. */
import type { ReactElement } from 'react';
import { Cap } from '../parts/cap.tsx';
import { bindings } from '../machine/keys.ts';
import type { TillScreen } from '../machine/state.ts';

export function Rail({ state }: { readonly state: TillScreen }): ReactElement {
  const caps = bindings(state).filter((binding) => binding.offRail === undefined);
  const menu = caps.find((binding) => binding.key === '/');
  return (
    <nav className={caps.length === 0 ? 'rail empty' : 'rail'}>
      <div className="caps">{menu && <Cap binding={menu} />}</div>
      <div className="caps">{caps.filter((binding) => binding !== menu).map((binding) => <Cap binding={binding} key={binding.key} />)}</div>
    </nav>
  );
}
