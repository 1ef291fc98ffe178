// A specimen with its disease taken out: in a copy, so that the sick one stays as it is.

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';

/**
 * The program without its disease. A line that ends with `healed: ...` is replaced by what stands there; where there is none,
 * the base loses the habits that the specimen gives it.
 */
export function healed(text: string): string {
  const byLine = text.replaceAll(/^( *).*(?:#|\/\/) healed: (.*)$/gm, '$1$2');
  return byLine === text ? text.replace(/^(export default|await) (\w+)\(.*\);$/ms, '$1 $2();') : byLine;
}

/** Writes the healed copy of a file into a folder; returns its path. */
export function healedCopy(file: string, folder: string): string {
  const text = healed(readFileSync(file, 'utf8'))
    // What stands beside the original is still meant.
    .replaceAll(/ from '(\.[^']+)'/g, (_, specifier) => ` from '${join(dirname(file), specifier)}'`)
    .replaceAll('__file__', `"${file}"`);
  const copy = join(folder, `healed${extname(file).replace('.ts', '.mts')}`);
  writeFileSync(copy, text);
  return copy;
}
