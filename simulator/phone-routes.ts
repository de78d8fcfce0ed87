/** Serves the phone's page, its drawings and its live state, all under a path that holds the token. */
import type { ServerResponse } from 'node:http';
import type { CodeBook } from './codes.ts';
import { drawBarcode, drawQr } from './drawing.ts';
import { answerJson, answerText, parseJson } from './http.ts';
import type { ControlCall } from './control.ts';
import { deedSchema } from './phone.ts';
import type { Phone } from './phone.ts';
import { phonePage } from './phone/page.ts';
import { phoneScript } from './phone/script.ts';
import type { ShownState } from './phone/state.ts';
import { phoneStyle, tickImage } from './phone/style.ts';
import { phoneWords } from './phone/words.ts';

const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export class PhoneRoutes {
  readonly #phone: Phone;
  readonly #codes: CodeBook;
  readonly #locale: 'zh-CN' | 'en';

  constructor(phone: Phone, codes: CodeBook, locale: 'zh-CN' | 'en') {
    this.#phone = phone;
    this.#codes = codes;
    this.#locale = locale;
  }

  /** Answers what comes after the token: the page itself is the empty name. */
  answer(call: ControlCall, name: string): void {
    const { request, response, query } = call;
    if (name === 'act') return this.#act(call);
    if (request.method !== 'GET') return answerJson(response, 405, { message: 'GET' });
    switch (name) {
      case '':
        return this.#page(response, query.get('lang'));
      case 'style.css':
        return answerText(response, 200, 'text/css', phoneStyle);
      case 'script.js':
        return answerText(response, 200, 'text/javascript', `'use strict';\n(${phoneScript.toString()})();\n`);
      case 'tick.svg':
        return answerText(response, 200, 'image/svg+xml', tickImage);
      case 'barcode.svg':
        return this.#drawing(response, query.get('code'), drawBarcode);
      case 'qr.svg':
        return this.#drawing(response, query.get('code'), drawQr);
      case 'state':
        return answerJson(response, 200, this.#state());
      case 'events':
        return this.#events(response);
      default:
        return answerJson(response, 404, { message: 'no such part of the page' });
    }
  }

  #page(response: ServerResponse, asked: string | null): void {
    const language = asked === 'en' || asked === 'zh-CN' ? asked : this.#locale;
    answerText(response, 200, 'text/html', phonePage(phoneWords[language], language), { 'content-security-policy': contentPolicy });
  }

  #drawing(response: ServerResponse, code: string | null, draw: typeof drawQr): void {
    if (code === null || !this.#codes.isIssued(code)) return answerJson(response, 404, { message: 'no code of this simulator' });
    answerText(response, 200, 'image/svg+xml', draw(code).svg);
  }

  #state(): ShownState {
    const state = this.#phone.state();
    return { ...state, barcodeModules: drawBarcode(state.code).modules, qrModules: drawQr(state.code).modules };
  }

  #act({ request, response, body }: ControlCall): void {
    if (request.method !== 'POST') return answerJson(response, 405, { message: 'POST' });
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return answerJson(response, 415, { message: 'application/json' });
    const deed = deedSchema.safeParse(parseJson(body));
    if (!deed.success) return answerJson(response, 400, { message: 'no deed of this page' });
    this.#phone.act(deed.data);
    answerJson(response, 200, this.#state());
  }

  #events(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
    let planned = false;
    const send = () => {
      planned = false;
      if (!response.destroyed) response.write(`data: ${JSON.stringify(this.#state())}\n\n`);
    };
    // Told in the middle of a change: what the change leaves behind is what the page should see, once.
    const stop = this.#phone.onChange(() => {
      if (planned) return;
      planned = true;
      queueMicrotask(send);
    });
    response.on('close', stop);
    send();
  }
}
