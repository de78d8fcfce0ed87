/** Carries a gateway's request to its simulator over real HTTP, exactly as it was built. */
import { Agent, request as httpRequest } from 'node:http';
import type { WireAnswer, WireRequest } from '../core/ports.ts';

/** What a till would wait for in vain: the request is given up as soon as the simulator has taken it. */
const lateFaults: ReadonlySet<string> = new Set(['silent', 'answerLate', 'processedLate']);

export class Wire {
  readonly #agent = new Agent({ keepAlive: true });
  /** Where requests went: `POST /v1/payment`. */
  readonly asked = new Set<string>();
  #giveUp: (() => void) | null = null;

  /** Tells of the fault that the simulator lets the request under way meet. */
  met(fault: string | null): void {
    if (fault !== null && lateFaults.has(fault)) this.#giveUp?.();
  }

  /** The answer; null where none came. */
  send({ method, url, headers, body }: WireRequest): Promise<WireAnswer | null> {
    this.asked.add(`${method} ${new URL(url).pathname}`);
    return new Promise((resolve) => {
      let over = false;
      const end = (answer: WireAnswer | null) => {
        // A request that was given up breaks off later, while the next one may be under way.
        if (over) return;
        over = true;
        this.#giveUp = null;
        resolve(answer);
      };
      const request = httpRequest(url, { method, agent: this.#agent, headers: { ...headers, ...(body === null ? {} : { 'content-length': body.length }) } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', () => end(null));
        response.on('aborted', () => end(null));
        response.on('end', () => end(response.complete ? { status: response.statusCode ?? 0, headers: headersOf(response.headers), body: Buffer.concat(chunks) } : null));
      });
      request.on('error', () => end(null));
      this.#giveUp = () => {
        request.destroy();
        end(null);
      };
      request.end(body === null ? undefined : Buffer.from(body));
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

function headersOf(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]));
}
