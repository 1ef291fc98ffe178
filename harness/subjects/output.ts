// Lines out of a stream of bytes, up to a limit.

import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** What to do with a stream's text. */
export interface OutputHandler {
  line(text: string): void;
  /** Called once when more than the limit has come; what follows is read and thrown away. */
  flooded(): void;
}

/** The longest line that is kept whole; a longer one is cut into several. */
const LINE_CHARS = 1_000_000;

/** Reads a stream to its end, line by line; never more than `limitBytes` are kept. */
export function readLines(stream: Readable, limitBytes: number, handler: OutputHandler): void {
  const decoder = new StringDecoder('utf8');
  let bytes = 0;
  let rest = '';
  const take = (text: string) => {
    rest += text;
    let newline = rest.indexOf('\n');
    while (newline >= 0) {
      handler.line(rest.slice(0, newline).replace(/\r$/, ''));
      rest = rest.slice(newline + 1);
      newline = rest.indexOf('\n');
    }
    if (rest.length > LINE_CHARS) {
      handler.line(rest);
      rest = '';
    }
  };
  stream.on('data', (chunk: Buffer) => {
    if (bytes > limitBytes) return;
    bytes += chunk.length;
    if (bytes > limitBytes) handler.flooded();
    else take(decoder.write(chunk));
  });
  stream.on('end', () => {
    take(decoder.end());
    if (rest !== '') handler.line(rest);
    rest = '';
  });
  // A subject that closes its end in the middle is not an error of ours.
  stream.on('error', () => {});
}
