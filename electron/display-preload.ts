/** All that the customer's page can reach: what it is to show. It can ask for nothing. */
import { contextBridge, ipcRenderer } from 'electron';
import { channels } from './channels.ts';

contextBridge.exposeInMainWorld('scantillDisplay', {
  onShows(listener: (display: unknown) => void) {
    // The first argument is Electron's own event, a handle to more than a page may have.
    ipcRenderer.on(channels.displayShows, (_: unknown, display: unknown) => listener(display));
    ipcRenderer.send(channels.displayReady);
  },
});
