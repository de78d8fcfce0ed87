/** Starts the customer display: it listens and draws, and takes no key, no scan and no touch. */
import { useEffect, useState, type ReactElement } from 'react';
import { createRoot } from 'react-dom/client';
import type { CustomerDisplay } from '../../core/contract/types.ts';
import { speak, startWords } from '../words/i18n.ts';
import { listenToTill } from './feed.ts';
import { DisplayPage } from './page.tsx';
import '../styles/fonts.css';
import '../styles/tokens.css';
import '../styles/display.css';

const tickMs = 250;

function Display(): ReactElement | null {
  const [display, setDisplay] = useState<CustomerDisplay | null>(null);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    listenToTill(window, (shown) => {
      speak(shown.shop.locale);
      setNow(Date.now());
      setDisplay(shown);
    }, () => setDisplay((before) => before && { ...before, shows: { kind: 'idle' } }));
    const ticking = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(ticking);
  }, []);
  return display && <DisplayPage display={display} now={now} />;
}

const root = document.getElementById('display');
if (!root) throw new Error('the page has no display element');
startWords('zh-CN');
createRoot(root).render(<Display />);
