/** Starts the screens: words, the till's client, the keyboard, and the page. */
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { afterPicture } from './client/customer.ts';
import { connectTill } from './client/connect.ts';
import { listenToKeyboard } from './keys/keyboard.ts';
import { createSpeaker } from './sound/sounds.ts';
import { runTill } from './till.ts';
import { speak, startWords } from './words/i18n.ts';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/frame.css';
import './styles/sale.css';
import './styles/verdict.css';
import './styles/waiting.css';
import './styles/present.css';
import './styles/open.css';
import './styles/panels.css';
import './styles/long-work.css';
import './styles/cash.css';
import './styles/refund.css';
import './styles/find.css';
import './styles/staff.css';
import './styles/settings.css';
import './styles/shift.css';
import './styles/shift-reports.css';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root element');

const firstLocale = navigator.language.startsWith('zh') ? 'zh-CN' : 'en';
startWords(firstLocale);
speak(firstLocale);
const till = runTill({ connection: connectTill(window), playSound: createSpeaker(), beforeScan: () => releaseTyping(), afterPicture });
const releaseTyping = listenToKeyboard(window, {
  onKey: (key) => till.send({ type: 'key', key }),
  onLetter: (letter) => till.send({ type: 'letter', letter }),
  onHoldDelete: () => till.send({ type: 'holdDelete' }),
  onScan: till.scan,
  onGarbled: till.garbled,
});
createRoot(root).render(<App send={till.send} />);
