// What a config says of a subject that is a page.

import { whyNoBrowser } from '../browser.ts';
import { UsageError } from '../errors.ts';
import { isLoopback } from '../serve/callers.ts';
import type { ConfigInput } from './schema.ts';

/** The page and its tabs; nothing where the subject is none. @throws UsageError for what a page cannot be */
export function pageUseOf(subject: ConfigInput['subject']): {
  readonly page?: string;
  readonly tabs?: number;
} {
  const { page, tabs, kind, module, time = 'auto', intercept = 'none' } = subject;
  if (page === undefined) {
    if (tabs === undefined) return {};
    throw new UsageError('subject.tabs: is for a page: give page, or leave tabs out');
  }
  if (kind !== 'agent') throw new UsageError(`subject.page: is for kind agent, not for ${kind}`);
  if (module !== undefined) throw new UsageError('subject.module: a page has none: leave it out');
  if (time !== 'auto' && time !== 'exact') {
    throw new UsageError(`subject.time: a page lives in exact time, not in ${time}: leave it out`);
  }
  if (intercept !== 'none') {
    throw new UsageError('subject.intercept: the calls of a page are always intercepted: leave it out');
  }
  const why = whyNoBrowser();
  if (why !== null) throw new UsageError(`subject.page: ${why}`);
  const url = page.replaceAll(/\{\{\s*port\s*\}\}/g, '1');
  const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' };
  if (!/^https?:$/.test(protocol) || !isLoopback(hostname.replace(/^\[|\]$/g, ''))) {
    throw new UsageError(
      `subject.page: "${page}" is no page of this machine: write a URL like http://127.0.0.1:5173/, or one with {{ port }} and a program in run that serves it`,
    );
  }
  return { page, ...(tabs === undefined ? {} : { tabs }) };
}
