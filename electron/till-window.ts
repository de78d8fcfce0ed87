/** The till's one window: sandboxed, shown once it has something to show, and back again when its page crashes. */
import { join } from 'node:path';
import { app, BrowserWindow, type Session } from 'electron';
import { screenPage } from './screen-address.ts';
import { smallestWindow, type Workstation } from './workstation.ts';

export interface WindowOptions {
  readonly session: Session;
  readonly preload: string;
  readonly workstation: Workstation;
  /** Asked before it closes; the window stays until the program itself ends. */
  readonly onClose: () => void;
  readonly onShown: () => void;
  readonly onCrash: (reason: string) => void;
}

/** A page that crashes again and again is loaded again less and less often. */
const crashPausesMilliseconds = [0, 1000, 5000, 30_000] as const;
const crashesForgottenMilliseconds = 60_000;

export function openTillWindow(options: WindowOptions): BrowserWindow {
  const { session, preload, workstation } = options;
  const { width, height, maximized } = workstation.windowSize();
  const window = new BrowserWindow({
    width, height, minWidth: smallestWindow.width, minHeight: smallestWindow.height,
    show: false,
    title: 'ScanTill',
    icon: join(app.getAppPath(), 'resources', 'icon.png'),
    autoHideMenuBar: true,
    webPreferences: {
      session, preload,
      sandbox: true, contextIsolation: true, nodeIntegration: false, webSecurity: true, spellcheck: false,
      devTools: !app.isPackaged,
      // The sound of a verdict mustn't wait for somebody to touch the screen.
      autoplayPolicy: 'no-user-gesture-required',
      // A payment's seconds go on counting while another window is in front.
      backgroundThrottling: false,
    },
  });
  if (maximized) window.maximize();
  window.once('ready-to-show', () => {
    window.show();
    options.onShown();
  });
  window.on('close', (event) => {
    event.preventDefault();
    remember(window, workstation);
    options.onClose();
  });
  reloadAfterCrash(window, options.onCrash);
  void window.loadURL(screenPage);
  return window;
}

function remember(window: BrowserWindow, workstation: Workstation): void {
  const { width, height } = window.getNormalBounds();
  workstation.rememberWindowSize({ width: Math.max(width, smallestWindow.width), height: Math.max(height, smallestWindow.height), maximized: window.isMaximized() });
}

/** The page holds no payment: a new one asks the till how all stands. */
function reloadAfterCrash(window: BrowserWindow, onCrash: (reason: string) => void): void {
  let crashes = 0;
  let crashedAt = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    onCrash(reason);
    const now = performance.now();
    if (now - crashedAt > crashesForgottenMilliseconds) crashes = 0;
    crashedAt = now;
    const pause = crashPausesMilliseconds[Math.min(crashes, crashPausesMilliseconds.length - 1)];
    crashes += 1;
    setTimeout(() => {
      if (!window.isDestroyed()) void window.loadURL(screenPage);
    }, pause);
  });
}
