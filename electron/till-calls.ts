/** The window's calls to the till: allow-listed channels, each answered only to our own page in our own window. */
import { ipcMain, shell, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import type { CustomerDisplays } from '../host/customer-displays.ts';
import type { CallAnswer, ScreenTill } from '../host/screen-till.ts';
import { channels } from './channels.ts';
import { isScreenUrl } from './screen-address.ts';
import type { Workstation } from './workstation.ts';

export interface CallPorts {
  readonly till: ScreenTill;
  readonly workstation: Workstation;
  readonly window: BrowserWindow;
  readonly displays: CustomerDisplays;
}

export function answerCalls({ till, workstation, window, displays }: CallPorts): void {
  const answer = (channel: string, action: (...values: readonly unknown[]) => CallAnswer | Promise<CallAnswer>): void => {
    ipcMain.handle(channel, (event, ...values: readonly unknown[]) => (isOurs(event, window) ? action(...values) : { error: 'not for you' }));
  };
  answer(channels.call, (name, request) => till.call(name, request));
  answer(channels.readPreferences, () => ({ reply: workstation.preferences() }));
  answer(channels.writePreferences, (preferences) => (workstation.rememberPreferences(preferences) ? { reply: null } : { error: 'not valid preferences' }));
  answer(channels.openPhone, () => openPhone(till.phoneUrl()));
  answer(channels.showCustomer, (display) => (displays.show(display) ? { reply: displays.watched } : { error: 'not for a display' }));
  // Whatever the page said is claimed no longer once its process is gone.
  window.webContents.on('render-process-gone', () => displays.clear());
  till.onEvent((event) => {
    if (!window.isDestroyed()) window.webContents.send(channels.event, event);
  });
}

function isOurs(event: IpcMainInvokeEvent, window: BrowserWindow): boolean {
  const { senderFrame } = event;
  if (window.isDestroyed() || senderFrame === null) return false;
  // Same frame, not just same window: a frame inside our page would be somebody else's.
  return event.sender === window.webContents && senderFrame === window.webContents.mainFrame && isScreenUrl(senderFrame.url);
}

/** The address comes from the till and never from the page. */
async function openPhone(url: string | null): Promise<CallAnswer> {
  if (url === null) return { error: 'there is no phone outside training' };
  await shell.openExternal(url);
  return { reply: null };
}
