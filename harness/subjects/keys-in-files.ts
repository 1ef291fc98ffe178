// Looks through the subject's own folder for texts that look like real keys, by rules that others keep up.

import { readFile, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { KeyFound } from '../entry.ts';
import { filesBelow } from './written-files.ts';

/** Larger files are data, and no place where anybody writes a key. */
const FILE_BYTES = 256 * 1024;

/**
 * What looks like a key in the texts below a folder, in a stable order. Nothing of a key itself is told.
 * @param except a folder that is left out, with all below it: hour4's own output
 */
export async function keysInFiles(folder: string, except: string): Promise<readonly KeyFound[]> {
  // Only here, for the rules take longer to load than a small subject to run.
  const [{ lintSource }, preset] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
  ]);
  const rules = [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: preset.creator }];
  const found: KeyFound[] = [];
  for (const path of await filesBelow(folder)) {
    const content = path.startsWith(join(except, sep)) ? null : await textOf(path);
    if (content === null) continue;
    const { messages } = await lintSource({
      source: { filePath: path, content, contentType: 'text', ext: extname(path) },
      options: { config: { rules }, maskSecrets: true },
    });
    const file = relative(folder, path).replaceAll(sep, '/');
    for (const { loc, messageId } of messages)
      found.push({ file, line: loc.start.line, looksLike: messageId });
  }
  return found;
}

async function textOf(path: string): Promise<string | null> {
  try {
    if ((await stat(path)).size > FILE_BYTES) return null;
    const bytes = await readFile(path);
    return bytes.includes(0) ? null : bytes.toString('utf8');
  } catch {
    return null;
  }
}
