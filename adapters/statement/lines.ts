/** Streams the lines of a statement, so that a million rows need no more memory than one. */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { forgiving, type FileShape } from './shape.ts';

export interface LineReading {
  readonly path: string;
  readonly shape: FileShape;
  /** Gets every line that isn't empty, in cells, with its place among them. An error that it throws ends the reading. */
  readonly onLine: (cells: readonly string[], place: number) => void;
  /** Called after each piece of the file, with the bytes read so far. */
  readonly onBytes?: (bytes: number) => void;
  readonly signal?: AbortSignal;
}

const pieceBytes = 256 * 1024;

/** Rejects with the system's error where the file can't be read, and with an `AbortError` where it was cancelled. */
export async function readLines({ path, shape, onLine, onBytes, signal }: LineReading): Promise<void> {
  const parser = parse({ ...forgiving, delimiter: shape.delimiter, bom: true });
  let place = 0;
  const parsed = new Promise<void>((resolve, reject) => {
    parser.on('readable', () => {
      try {
        for (let cells: string[] | null = read(); cells !== null; cells = read()) {
          onLine(cells, place);
          place += 1;
        }
      } catch (error) {
        parser.destroy(error instanceof Error ? error : new Error(String(error)));
      }
    });
    parser.once('end', resolve);
    parser.once('error', reject);
  });
  const read = (): string[] | null => parser.read() as string[] | null;
  const decoder = new TextDecoder(shape.encoding);
  let bytes = 0;
  const feeding = async (): Promise<void> => {
    for await (const piece of createReadStream(path, { highWaterMark: pieceBytes, ...(signal === undefined ? {} : { signal }) })) {
      const chunk = piece as Uint8Array;
      if (!parser.write(decoder.decode(chunk, { stream: true }))) await drained(parser);
      bytes += chunk.length;
      onBytes?.(bytes);
    }
    parser.end(decoder.decode());
  };
  // Whichever fails first is the reason; the other one then ends by it.
  await Promise.all([parsed, feeding().catch((error: unknown) => parser.destroy(error instanceof Error ? error : new Error(String(error))))]);
}

function drained(parser: NodeJS.WritableStream & { readonly destroyed: boolean }): Promise<void> {
  return new Promise((resolve) => {
    if (parser.destroyed) {
      resolve();
      return;
    }
    const done = (): void => {
      parser.off('drain', done);
      parser.off('close', done);
      resolve();
    };
    parser.once('drain', done);
    parser.once('close', done);
  });
}
