/** Where the customer's page hears what to show: Electron's bridge where there is one, else a socket that only listens. */
import type { CustomerDisplay } from '../../core/contract/types.ts';

/** What the display's own preload script puts on `window`: nothing but this. */
export interface DisplayBridge {
  onShows(listener: (display: CustomerDisplay) => void): void;
}

declare global {
  interface Window {
    readonly scantillDisplay?: DisplayBridge;
  }
}

const reconnectMs = 2000;

/** `onLost`: nobody says anything any more, so nothing is claimed either. */
export function listenToTill(page: Window, onShows: (display: CustomerDisplay) => void, onLost: () => void): void {
  if (page.scantillDisplay) {
    page.scantillDisplay.onShows(onShows);
    return;
  }
  const { protocol, host } = page.location;
  const socket = new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/display-feed`);
  socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    // The host has checked it against the display's allow-list.
    if (typeof data === 'string') onShows((JSON.parse(data) as { readonly shows: CustomerDisplay }).shows);
  });
  socket.addEventListener('close', () => {
    onLost();
    page.setTimeout(() => listenToTill(page, onShows, onLost), reconnectMs);
  });
}
