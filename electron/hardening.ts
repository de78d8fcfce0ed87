/** What no page of this program may do, whichever window it is in. */
import { app, type Session, type WebContents } from 'electron';

/** Holds for every window from now on. `onNavigation` may answer a link of ours; the page itself goes nowhere. */
export function denyEverything(onNavigation: (contents: WebContents, url: string) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      event.preventDefault();
      onNavigation(contents, event.url);
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => event.preventDefault());
}
