/** The customer's window: on the second screen where there is one, gone with it, and back with it; it takes no focus and no key. */
import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, screen, type Session } from 'electron';
import type { CustomerDisplays } from '../host/customer-displays.ts';
import { channels } from './channels.ts';
import { displayPage, isScreenUrl } from './screen-address.ts';
import { customerScreen, toRemember, type AskedDisplay } from './which-display.ts';
import type { Workstation } from './workstation.ts';

export interface CustomerWindowOptions {
  readonly session: Session;
  readonly preload: string;
  readonly workstation: Workstation;
  readonly displays: CustomerDisplays;
  /** The cashier's window: wherever it stands is not the customer's screen. */
  readonly till: BrowserWindow;
  /** `inWindow`: for a shop with one wide screen, and to look at it. */
  readonly asked: AskedDisplay;
}

const windowSize = { width: 1024, height: 600 } as const;
/** Screens come and go in bursts of events. */
const settleMilliseconds = 300;
const crashPauseMilliseconds = 2000;

export function showToCustomer(options: CustomerWindowOptions): void {
  const { till, displays } = options;
  let window: BrowserWindow | null = null;
  let standsOn: number | null = null;
  let waiting: NodeJS.Timeout | undefined;

  function place(): void {
    if (till.isDestroyed()) return;
    const cashiers = screen.getDisplayMatching(till.getBounds()).id;
    const remembered = options.workstation.customerScreen();
    const found = customerScreen(screen.getAllDisplays(), cashiers, remembered, options.asked.screen);
    if (found === null) return options.asked.inWindow ? openAsWindow() : close();
    options.workstation.rememberCustomerScreen(toRemember(found, remembered, options.asked.screen));
    if (window !== null && !window.isDestroyed() && standsOn === found.id) {
      window.setBounds(found.bounds);
      return;
    }
    close();
    standsOn = found.id;
    window = open(options, { ...found.bounds, fullscreen: true, frame: false, focusable: false, skipTaskbar: true });
  }

  /** Closed by hand, it stays closed until the till starts again. */
  function openAsWindow(): void {
    if (window !== null && standsOn === null) return;
    close();
    window = open(options, { ...windowSize, title: 'ScanTill' });
  }

  function close(): void {
    const old = window;
    window = null;
    standsOn = null;
    if (old !== null && !old.isDestroyed()) old.destroy();
  }

  function soon(): void {
    clearTimeout(waiting);
    waiting = setTimeout(place, settleMilliseconds);
  }

  screen.on('display-added', soon);
  screen.on('display-removed', soon);
  screen.on('display-metrics-changed', soon);
  till.on('moved', soon);
  till.on('closed', close);
  answerReady(displays, () => window);
  place();
}

/** The page says that it listens; from then on it is told, and anything else it might ask for isn't answered. */
function answerReady(displays: CustomerDisplays, current: () => BrowserWindow | null): void {
  let forget: () => void = () => undefined;
  ipcMain.on(channels.displayReady, ({ sender, senderFrame }) => {
    const window = current();
    if (window === null || window.isDestroyed() || sender !== window.webContents || senderFrame !== sender.mainFrame || senderFrame === null || !isScreenUrl(senderFrame.url)) return;
    forget();
    forget = displays.onShows((shows) => {
      if (!window.isDestroyed()) window.webContents.send(channels.displayShows, shows);
    });
    window.once('closed', forget);
  });
}

function open({ session, preload }: CustomerWindowOptions, look: Electron.BrowserWindowConstructorOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...look,
    show: false,
    backgroundColor: '#E7EBE9',
    icon: join(app.getAppPath(), 'resources', 'icon.png'),
    autoHideMenuBar: true,
    webPreferences: {
      session, preload,
      sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, spellcheck: false,
      devTools: !app.isPackaged,
      backgroundThrottling: false,
    },
  });
  // The keys stay the cashier's.
  window.once('ready-to-show', () => window.showInactive());
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    setTimeout(() => {
      if (!window.isDestroyed()) void window.loadURL(displayPage);
    }, crashPauseMilliseconds);
  });
  void window.loadURL(displayPage);
  return window;
}
