/** Gives the lines of a statement one by one; those of a text are streamed, so that a million rows need no more memory than one. */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { forgiving, type FileShape, type SheetShape, type TextShape } from './shape.ts';

export interface LineReading {
  readonly path: string;
  readonly shape: FileShape;
  /** Gets every line that isn't empty, in cells, with its place among them. An error that it throws ends the reading. */
  readonly onLine: (cells: readonly string[], place: number) => void;
  /** Called after each piece of the file. */
  readonly onPiece?: () => void;
  readonly signal?: AbortSignal;
}

const pieceBytes = 256 * 1024;
const pieceLines = 5000;

/** Rejects with the system's error where the file can't be read, and with an `AbortError` where it was cancelled. */
export async function readLines(reading: LineReading): Promise<void> {
  const { shape } = reading;
  return shape.kind === 'sheet' ? sheetLines(shape, reading) : textLines(shape, reading);
}

async function sheetLines({ lines }: SheetShape, { onLine, onPiece, signal }: LineReading): Promise<void> {
  for (const [place, cells] of lines.entries()) {
    // A cancel is heard between two pieces.
    if (place % pieceLines === 0) await new Promise((resume) => setImmediate(resume));
    signal?.throwIfAborted();
    onLine(cells, place);
    if ((place + 1) % pieceLines === 0) onPiece?.();
  }
  onPiece?.();
}

async function textLines(shape: TextShape, { path, onLine, onPiece, signal }: LineReading): Promise<void> {
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
  const feeding = async (): Promise<void> => {
    for await (const piece of createReadStream(path, { highWaterMark: pieceBytes, ...(signal === undefined ? {} : { signal }) })) {
      const chunk = piece as Uint8Array;
      if (!parser.write(decoder.decode(chunk, { stream: true }))) await drained(parser);
      onPiece?.();
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
