// What a subject says when a credential fails it: the same shape for a tool, an agent and a broker.

import type { ErrorObject } from '../entry.ts';

/** What was wrong in truth. */
export type Situation = 'expired' | 'dead' | 'denied' | 'missing-scope' | 'never-valid';

/** One failure as it was told. */
export interface ErrorReport {
  readonly situation: Situation;
  /** Which command or call, as a person would name it. */
  readonly what: string;
  /** The structured error; null where there is none. */
  readonly error: ErrorObject | null;
  /** What a person reads. */
  readonly text: string;
  /** Why a program cannot read more than that, in whole sentences. */
  readonly oddities: readonly string[];
  /** Null for kinds that do not exit. */
  readonly exitCode: number | null;
  /** The true end of the credential, in epoch ms; null where it has none. */
  readonly endMs: number | null;
}

/** One failure as it was told, and where that is on record. */
export interface Told {
  readonly report: ErrorReport;
  readonly atMs: number;
  readonly seq: number;
}

/** A promise of healing that was put to the test. */
export interface Trial {
  /** What was promised: a command, a variable, a URL. */
  readonly promise: string;
  readonly works: boolean;
  /** What was seen, in whole sentences. */
  readonly evidence: string;
}

/** All that a subject has shown of itself. */
export interface Shown {
  readonly expiries: readonly ErrorReport[];
  readonly denials: readonly ErrorReport[];
  readonly neverValid: readonly ErrorReport[];
  /** Null where it was not tried, or nothing was promised. */
  readonly reauth: Trial | null;
  readonly envVar: Trial | null;
}

/** Codes that say expiry; the first is the one that challenge 53 names. */
export const EXPIRY_CODES: readonly string[] = ['CREDENTIALS_EXPIRED', 'AUTH_EXPIRED', 'TOKEN_EXPIRED'];

/** How far a told end may be from the true one, in ms. */
const END_TOLERANCE_MS = 2000;

/** What a person reads of an error: its message, or the plain text. */
export const wordsOf = ({ error, text }: ErrorReport): string =>
  error === null || error.message === '' ? text : error.message;

/** Whether the words speak of an expiry, other than to deny it. */
export const saysExpired = (words: string): boolean => /(?<!\bnot |n't |never |un)expired/i.test(words);

/** Whether the error says, in any of its fields, that waiting or refreshing would help. */
export const claimsExpiry = (report: ErrorReport): boolean =>
  saysExpired(wordsOf(report)) ||
  report.error?.expired === true ||
  EXPIRY_CODES.includes(report.error?.code ?? '');

/** Whether an instant is the true end of the credential that failed. */
export const isTrueEnd = (saidMs: number, { endMs }: ErrorReport): boolean =>
  endMs !== null && Math.abs(saidMs - endMs) <= END_TOLERANCE_MS;

/** The true end in words. */
export const endTold = ({ endMs }: ErrorReport): string =>
  endMs === null ? 'never' : new Date(endMs).toISOString();
