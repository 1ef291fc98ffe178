// `{{ hubspot.api }}` in the variables of a config: checked when it is read, filled in at each start.

import type { Account } from '../../mocks/index.ts';
import { nearest } from './nearest.ts';

const HOLE = /\{\{\s*([^}]*?)\s*\}\}/g;

const FIELDS: Readonly<Record<string, (account: Account) => string | null>> = {
  api: (account) => account.apiUrl,
  tokenUrl: (account) => account.tokenUrl,
  clientId: (account) => account.clientId,
  clientSecret: (account) => account.clientSecret,
  accessToken: (account) => account.accessToken,
  refreshToken: (account) => account.refreshToken,
  expiresAt: (account) => account.expiresAt,
  account: (account) => account.id,
};

/** What is wrong with a text's templates, in words, or null. */
export function templateProblem(text: string, services: readonly string[]): string | null {
  for (const [whole, inside = ''] of text.matchAll(HOLE)) {
    if (inside === 'store') continue;
    const [service = '', field = '', ...rest] = inside.split('.');
    if (!services.includes(service))
      return `${whole} names no service: ${nearest(service, [...services, 'store'])}`;
    if (rest.length > 0 || !Object.hasOwn(FIELDS, field)) {
      return `${whole} names no field: ${nearest(field, Object.keys(FIELDS))}`;
    }
  }
  return null;
}

/** The text with every template filled in; what a service does not have becomes empty. */
export function expand(text: string, accounts: readonly Account[], store: string): string {
  return text.replace(HOLE, (_whole, inside: string) => {
    if (inside === 'store') return store;
    const [service, field = ''] = inside.split('.');
    const account = accounts.find((candidate) => candidate.service === service);
    return account === undefined ? '' : (FIELDS[field]?.(account) ?? '');
  });
}
