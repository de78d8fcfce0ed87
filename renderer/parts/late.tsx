/** Screens that are loaded when they are first gone to: their place stays empty until they are here, and the title gets the focus then. */
import { Component, Suspense, useEffect, type ReactElement, type ReactNode } from 'react';
import { useWords } from '../words/i18n.ts';

export function Late({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <LoadGuard>
      <Suspense fallback={<main className="late" />}>
        {children}
        <TitleFocus />
      </Suspense>
    </LoadGuard>
  );
}

/** Runs when what was waited for is on screen. */
function TitleFocus(): null {
  useEffect(() => {
    document.getElementById('title')?.focus({ preventScroll: true });
  }, []);
  return null;
}

/** A screen whose file can't be had takes nothing else with it: the till stays, and the keys lead away. */
class LoadGuard extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <NotLoaded /> : this.props.children;
  }
}

function NotLoaded(): ReactElement {
  const { t } = useWords();
  return <main className="plain"><h1 tabIndex={-1} id="title">{t('late.failed')}</h1><p>{t('late.failedHint')}</p></main>;
}
