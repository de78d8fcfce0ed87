/**
 * Where the window's page comes from: an address that no network knows, answered by the main process itself.
 *
 * A scheme of our own would have to be made known before Electron is ready, and a program that is a module may come too
 * late for that (docs/decisions). `https:` in a session of our own needs no such race, counts as a secure origin, and
 * leaves the page no way to any other address: whatever isn't ours is refused here.
 */
import type { Session } from 'electron';
import { safetyHeaders, screenFile } from '../host/screen-files.ts';

/** `.invalid` never resolves (RFC 2606): should the answer below be missing, nothing is loaded at all. */
export const screenOrigin = 'https://till.invalid';
export const screenPage = `${screenOrigin}/`;
/** The customer's page. */
export const displayPage = `${screenOrigin}/display.html`;

export interface MadePage {
  readonly body: string;
  readonly type: string;
}

/** Answers every request of the session: files of the screens, the made pages, and nothing else. */
export function serveScreens(session: Session, screensFolder: string, madePages: (pathname: string) => MadePage | null): void {
  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    if (url.origin !== screenOrigin || request.method !== 'GET') return refuse(403);
    const made = madePages(url.pathname);
    const file = made ?? (await screenFile(screensFolder, url.pathname));
    if (file === null) return refuse(404);
    return new Response(file.body, { headers: { ...safetyHeaders, 'content-type': file.type } });
  };
  session.protocol.handle('https', answer);
  for (const scheme of ['http', 'ws', 'wss']) session.protocol.handle(scheme, () => refuse(403));
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: safetyHeaders });
}

/** True for our own page and nothing else: what Chromium loads for an error has another origin. */
export function isScreenUrl(url: string): boolean {
  return URL.canParse(url) && new URL(url).origin === screenOrigin;
}
