// The dashboard's files as answers: one page, its style sheet, and its scripts, which are read when they are asked for.

import { readFile } from 'node:fs/promises';
import type { Answer } from '../../../mocks/index.ts';

const SCRIPTS = new URL('./browser/', import.meta.url);
const SCRIPT_PATH = /^\/dashboard\/([a-z-]+\.js)$/;

/** The page may load and ask nothing but what is here, and no other page may show it inside itself. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** The dashboard's file at a path; null where none is. */
export async function dashboardFile(path: string): Promise<Answer | null> {
  if (path === '/') return file('text/html', (await import('./page.ts')).PAGE);
  if (path === '/dashboard/style.css') return file('text/css', (await import('./style.ts')).STYLE);
  const [, name] = SCRIPT_PATH.exec(path) ?? [];
  if (name === undefined) return null;
  const text = await readFile(new URL(name, SCRIPTS), 'utf8').catch(() => null);
  return text === null ? null : file('text/javascript', text);
}

const file = (type: string, body: string): Answer => ({
  status: 200,
  headers: { 'content-type': `${type}; charset=utf-8`, ...HEADERS },
  body,
});
