/** All that a screen in the window can reach: the till's calls and events, and what this workstation remembers. */
import { contextBridge, ipcRenderer } from 'electron';
import { channels } from './channels.ts';

type Answer = { readonly reply: unknown } | { readonly error: string };

async function ask(channel: string, ...values: readonly unknown[]): Promise<unknown> {
  const answer = (await ipcRenderer.invoke(channel, ...values)) as Answer;
  if ('error' in answer) throw new Error(answer.error);
  return answer.reply;
}

contextBridge.exposeInMainWorld('scantill', {
  host: 'electron',
  call: (name: unknown, request: unknown) => ask(channels.call, name, request),
  onEvent(listener: (event: unknown) => void) {
    // The first argument is Electron's own event, a handle to more than a screen may have.
    const forward = (_: unknown, event: unknown): void => listener(event);
    ipcRenderer.on(channels.event, forward);
    return () => {
      ipcRenderer.removeListener(channels.event, forward);
    };
  },
  openPhone: () => ask(channels.openPhone),
  showCustomer: (display: unknown) => ask(channels.showCustomer, display),
  preferences: {
    read: () => ask(channels.readPreferences),
    write: (preferences: unknown) => ask(channels.writePreferences, preferences),
  },
});
