/** The log: JSON lines in HOME/logs/till.log and on stderr, without a secret in them, and never a reason to fail. */
import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import type { Log, LogFields } from '../core/ports.ts';
import { makePrivateFolder } from './files.ts';

export interface LogOptions {
  /** The folder of `till.log` (HOME/logs); null for no file. */
  readonly folder: string | null;
  readonly toStandardError: boolean;
  /** The secrets that the settings hold now: gateway keys. Asked for each line. */
  readonly secrets: () => readonly string[];
  /** Size at which a file is put aside, and how many files there are at most. */
  readonly fileBytes?: number;
  readonly files?: number;
}

export interface TillLog extends Log {
  /** Keeps a secret that lives only for a while, such as a payment code, out of the log until the returned function is called. */
  hold(secret: string): () => void;
  close(): void;
}

export const logFileName = 'till.log';
const mask = '•••';
/** Shorter ones would mask every third word; no gateway's key and no wallet's code is that short. */
const shortestSecret = 6;
/** Fields that nothing may log, whoever tries. `gatewayRef` and `attemptRef` stay: support needs them. */
const secretField = /^(paymentCode|authCode|dynamicId|payCode|qrcode|key|pin|sign|signature|token)$|secret|password|authorization|(terminal|app|notify|private|secret)Key$/i;

/** A field that may hold a gateway's word (`EXPIRED_BARCODE`) as well as what was scanned: digits are hidden. */
const scannedField = /^(code|scan|text|barcode)$/i;

export function createLog(options: LogOptions): TillLog {
  const file = options.folder === null ? null : new RotatedFile(options.folder, options.fileBytes ?? 5 * 1024 * 1024, options.files ?? 10);
  const held = new Map<string, number>();

  const hide = (text: string): string => {
    let shown = text;
    // The longest first: a secret may be part of another.
    const secrets = [...options.secrets(), ...held.keys()].filter((secret) => secret.length >= shortestSecret).sort((left, right) => right.length - left.length);
    for (const secret of secrets) {
      // As it is, as it stands in an address, and as it stands in JSON.
      for (const form of new Set([secret, encoded(secret), JSON.stringify(secret).slice(1, -1)])) shown = shown.replaceAll(form, mask);
    }
    return shown;
  };

  const write = (line: string): void => {
    // Hidden once more in the finished line: whatever found its way into it other than by a field.
    const shown = hide(line);
    file?.write(shown);
    if (options.toStandardError) {
      try {
        writeSync(2, shown);
      } catch {
        // Nobody listens, or the pipe is full: a till goes on.
      }
    }
  };
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } }, { write });

  const say = (level: 'info' | 'warn' | 'error') => (message: string, fields: LogFields = {}): void => {
    try {
      const shown = Object.fromEntries(Object.entries(fields).map(([name, value]) => {
        if (value === undefined || value === null || typeof value === 'boolean') return [name, value];
        if (secretField.test(name)) return [name, mask];
        const text = scannedField.test(name) && /\d{6}/.test(String(value)) ? mask : hide(String(value));
        return [name, text === String(value) ? value : text];
      }));
      logger[level](shown, hide(message));
    } catch {
      // A log that fails must never stop a payment.
    }
  };

  return {
    info: say('info'),
    warn: say('warn'),
    error: say('error'),
    hold(secret) {
      held.set(secret, (held.get(secret) ?? 0) + 1);
      let released = false;
      return () => {
        if (released) return;
        released = true;
        const count = (held.get(secret) ?? 1) - 1;
        if (count === 0) held.delete(secret);
        else held.set(secret, count);
      };
    },
    close: () => file?.close(),
  };
}

function encoded(secret: string): string {
  try {
    return encodeURIComponent(secret);
  } catch {
    return secret;
  }
}

/**
 * Appends to `till.log` and puts it aside as `till.log.1`, `.2`, … when it is full. Each line is written before the call
 * returns, so that nothing is lost at exit or by `kill -9`; several processes of one home may append at once.
 */
class RotatedFile {
  readonly #folder: string;
  readonly #fileBytes: number;
  readonly #files: number;
  #descriptor: number | null = null;
  #lostLines = 0;

  constructor(folder: string, fileBytes: number, files: number) {
    this.#folder = folder;
    this.#fileBytes = fileBytes;
    this.#files = files;
  }

  write(line: string): void {
    try {
      const descriptor = this.#open();
      // Begins on a line of its own: the last one may have been cut off.
      const note = this.#lostLines === 0 ? '' : `\n${JSON.stringify({ level: 'warn', msg: 'log lines were lost', lines: this.#lostLines })}\n`;
      const bytes = Buffer.from(note + line);
      // One write per line, or lines of two processes could mix; a full disk may take a part of it only.
      if (writeSync(descriptor, bytes) < bytes.length) throw new Error('the line was cut off');
      this.#lostLines = 0;
    } catch {
      this.#lostLines += 1;
      this.close();
    }
  }

  close(): void {
    if (this.#descriptor === null) return;
    try {
      closeSync(this.#descriptor);
    } catch {
      // It is gone either way.
    }
    this.#descriptor = null;
  }

  #open(): number {
    if (this.#descriptor === null) this.#descriptor = this.#openFile();
    if (fstatSync(this.#descriptor).size < this.#fileBytes) return this.#descriptor;
    this.close();
    const fresh = this.#openFile();
    this.#descriptor = fresh;
    // Another process may have put the full file aside while ours was still open on it.
    if (fstatSync(fresh).size < this.#fileBytes) return fresh;
    this.close();
    for (let number = this.#files - 1; number >= 1; number -= 1) this.#putAside(number === 1 ? logFileName : `${logFileName}.${number - 1}`, `${logFileName}.${number}`);
    this.#descriptor = this.#openFile();
    return this.#descriptor;
  }

  #openFile(): number {
    makePrivateFolder(this.#folder);
    return openSync(join(this.#folder, logFileName), 'a', 0o600);
  }

  #putAside(from: string, to: string): void {
    try {
      renameSync(join(this.#folder, from), join(this.#folder, to));
    } catch {
      // Not there yet, or open elsewhere on Windows: then the file grows a little longer.
    }
  }
}
