// What the control API says: JSON that people can read, and mistakes told with the field and the fix.

import type { Answer, Json } from '../../mocks/index.ts';

/** Under what everything of the control API lives. */
export const PREFIX = '/_hour4';

/** A request that cannot be done as it stands. Nothing was changed. */
export class Mistake extends Error {
  override readonly name = 'Mistake';
  readonly status: number;
  /** Which field is wrong; null where it is the request as a whole. */
  readonly field: string | null;

  constructor(status: number, field: string | null, message: string) {
    super(message);
    this.status = status;
    this.field = field;
  }
}

/** A mistake in a field of the body or of the query: 400. */
export function wrong(field: string | null, message: string): Mistake {
  return new Mistake(400, field, message);
}

/** An answer with plain data. */
export function said(status: number, data: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    body: `${JSON.stringify(data, null, 2)}\n`,
  };
}

/** The answer for a mistake. */
export function saidMistake(
  { status, field, message }: Mistake,
  more: Readonly<Record<string, Json>> = {},
): Answer {
  return said(status, { error: message, field, ...more });
}
