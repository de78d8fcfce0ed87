/** Chooses how this page reaches its till: Electron's bridge where there is one, else a WebSocket to where it came from. */
import { browserPreferences } from './browser-preferences.ts';
import type { TillConnection } from './connection.ts';
import { electronConnection } from './electron.ts';
import { socketConnection, type Socket } from './socket.ts';

export function connectTill(page: Window): TillConnection {
  if (page.scantill) return electronConnection(page.scantill);
  const { protocol, host } = page.location;
  const address = `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/till`;
  return socketConnection({
    open: () => browserSocket(address),
    after: (milliseconds, action) => void page.setTimeout(action, milliseconds),
    openPhone: (url) => {
      // A tab without a way back: the phone's page learns nothing of the till's.
      page.open(url, '_blank', 'noopener');
      return Promise.resolve();
    },
    preferences: browserPreferences(page.localStorage),
  });
}

function browserSocket(address: string): Socket {
  const opened = new WebSocket(address);
  const socket: Socket = {
    send: (text) => opened.send(text),
    close: () => opened.close(),
    onopen: null,
    onmessage: null,
    onclose: null,
  };
  opened.addEventListener('open', () => socket.onopen?.());
  opened.addEventListener('message', (event: MessageEvent<unknown>) => socket.onmessage?.({ data: event.data }));
  opened.addEventListener('close', () => socket.onclose?.());
  return socket;
}
