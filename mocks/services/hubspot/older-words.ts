// The token endpoint's words from before RFC 6749: a status and a message, which its first version still speaks.

import { type Answer, isJsonObject } from '../../http.ts';
import type { WireRow } from '../../service.ts';

/** The first version of the token endpoint. */
export const FIRST_VERSION = '/oauth/v1/token';

const MESSAGES: Readonly<Record<string, string>> = {
  'refresh token is invalid, expired or revoked': 'missing or invalid refresh token',
};

/** A row whose answers at some paths of the token endpoint are in the older words. */
export function olderAt(isOlder: (path: string) => boolean): (row: WireRow) => WireRow {
  return (row) =>
    row.at === 'token'
      ? {
          ...row,
          answer: (refused) =>
            isOlder(refused.request.path) ? inOlderWords(row.answer(refused)) : row.answer(refused),
        }
      : row;
}

function inOlderWords(answer: Answer): Answer {
  if (!isJsonObject(answer.body)) return answer;
  const { error: _error, error_description: _description, message, ...rest } = answer.body;
  const said = String(message);
  return { ...answer, body: { ...rest, message: MESSAGES[said] ?? said } };
}
