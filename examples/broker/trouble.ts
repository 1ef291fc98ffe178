// The ways in which a call can fail, each with a code that a caller can act on.

/** Stable codes; callers branch on them, never on messages. */
export type Code =
  | 'REAUTH_REQUIRED'
  | 'CREDENTIALS_EXPIRED'
  | 'PERMISSION_DENIED'
  | 'WRONG_IDENTITY'
  | 'NOT_FOUND'
  | 'RATE_LIMITED'
  | 'CLIENT_CREDENTIALS_INVALID'
  | 'PERSONAL_IN_CI'
  | 'UPSTREAM_UNAVAILABLE'
  | 'BAD_REQUEST';

/** What a caller is told beside the code. */
export interface Particulars {
  readonly retryable?: boolean;
  readonly upstreamStatus?: number;
  readonly retryAfterMs?: number;
  readonly expired?: boolean;
  readonly expired_at?: string;
  readonly reauth_url?: string;
}

/** A failure that goes to the caller as it is: it must never hold a secret. */
export class Trouble extends Error {
  readonly code: Code;
  readonly particulars: Particulars;

  constructor(code: Code, message: string, particulars: Particulars = {}) {
    super(message);
    this.code = code;
    this.particulars = particulars;
  }

  toJSON(): object {
    return { code: this.code, message: this.message, retryable: false, ...this.particulars };
  }
}
