/** Asks before the till is closed over payments whose outcome isn't known: Enter waits, − quits. */
import { BrowserWindow, type Session, type WebContents } from 'electron';
import { messageText, message } from '../core/contract/messages.ts';
import type { Locale } from '../core/contract/types.ts';
import { screenOrigin, type MadePage } from './screen-address.ts';

type Answer = 'wait' | 'quit';

const labels: Readonly<Record<Locale, Readonly<Record<Answer, string>>>> = {
  'zh-CN': { wait: 'Enter 继续等', quit: '− 仍然退出' },
  en: { wait: 'Enter keep waiting', quit: '− quit anyway' },
};

const style = `
:root { color-scheme: light dark; font: 18px/1.5 system-ui, sans-serif; }
body { margin: 0; padding: 28px; display: flex; flex-direction: column; gap: 24px; }
p { margin: 0; }
nav { display: flex; gap: 16px; }
a { padding: 10px 18px; border: 2px solid; border-radius: 6px; color: inherit; text-decoration: none; }
a:first-child { font-weight: 700; }
a:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
`;

/** The page can only ask to go to one of two addresses; `navigated` takes them as answers and lets it go nowhere. */
const script = `
const answers = { Enter: 'wait', Escape: 'wait', '-': 'quit', '−': 'quit' };
addEventListener('keydown', (event) => {
  const answer = answers[event.key];
  if (answer === undefined || event.repeat) return;
  event.preventDefault();
  location.href = '/quit/' + answer;
});
`;

/** One question at a time. */
export class QuitQuestion {
  #text = '';
  #locale: Locale = 'en';
  #window: BrowserWindow | null = null;
  #settle: (answer: Answer) => void = () => undefined;

  /** The question's own files, for the handler of our address. */
  page(pathname: string): MadePage | null {
    if (pathname === '/quit.js') return { body: script, type: 'text/javascript; charset=utf-8' };
    if (pathname === '/quit.css') return { body: style, type: 'text/css; charset=utf-8' };
    return pathname === '/quit' ? { body: this.#html(), type: 'text/html; charset=utf-8' } : null;
  }

  /** A key, or a click on one of its two links. */
  navigated(contents: WebContents, url: string): void {
    if (contents !== this.#window?.webContents) return;
    if (url === `${screenOrigin}/quit/wait`) this.#answer('wait');
    if (url === `${screenOrigin}/quit/quit`) this.#answer('quit');
  }

  ask(parent: BrowserWindow, session: Session, openCount: number, locale: Locale): Promise<Answer> {
    this.#text = messageText(message('quitWithOpen', { n: String(openCount) }), locale);
    this.#locale = locale;
    const window = new BrowserWindow({
      parent, modal: true, show: false, width: 560, height: 280, resizable: false, minimizable: false, maximizable: false,
      title: 'ScanTill', autoHideMenuBar: true,
      webPreferences: { session, sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false, devTools: false },
    });
    this.#window = window;
    window.once('ready-to-show', () => window.show());
    const answered = new Promise<Answer>((resolve) => {
      this.#settle = resolve;
    });
    // Closed by other means, it says what is safe.
    window.once('closed', () => {
      if (this.#window === window) this.#answer('wait');
    });
    void window.loadURL(`${screenOrigin}/quit`);
    return answered;
  }

  #answer(answer: Answer): void {
    const window = this.#window;
    this.#window = null;
    this.#settle(answer);
    if (window !== null && !window.isDestroyed()) window.destroy();
  }

  #html(): string {
    const { wait, quit } = labels[this.#locale];
    return `<!doctype html>
<html lang="${this.#locale}"><meta charset="utf-8"><title>ScanTill</title><link rel="stylesheet" href="/quit.css"><script src="/quit.js" defer></script>
<main role="alertdialog" aria-describedby="text"><p id="text">${escaped(this.#text)}</p></main>
<nav><a href="/quit/wait" autofocus>${wait}</a><a href="/quit/quit">${quit}</a></nav>
</html>`;
  }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
