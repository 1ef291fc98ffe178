// The envelope in what a tool printed: found among log lines, and every oddity of it named.

import type { ErrorObject } from '../../entry.ts';
import { isObject, type JsonPiece, jsonPieces } from './json-pieces.ts';

/** What was found in the output of one call. */
export interface Reading {
  /** What the envelope says of itself; null where there is none, or it does not say. */
  readonly ok: boolean | null;
  /** The error of the envelope on stdout; null where there is none. */
  readonly error: ErrorObject | null;
  /** What a person reads: the message of the error, or else the first lines of what was printed. */
  readonly text: string;
  /** What stands in the way of a program that reads the output, in whole sentences. */
  readonly oddities: readonly string[];
}

/** As much of a plain text as serves as evidence. */
const TEXT_CHARS = 600;

/** Reads what a call printed. The last envelope counts. */
export function readEnvelope(stdout: string, stderr: string): Reading {
  const pieces = jsonPieces(stdout);
  const envelopes = pieces.objects.filter(isEnvelope);
  const envelope = envelopes.at(-1);
  if (envelope === undefined) {
    return {
      ok: null,
      error: null,
      text: plainText(stdout, stderr),
      oddities: whyNone(pieces, stdout, stderr),
    };
  }
  const { error, oddities } = errorOf(envelope);
  return {
    ok: typeof envelope.ok === 'boolean' ? envelope.ok : null,
    error,
    text: error === null || error.message === '' ? plainText(stdout, stderr) : error.message,
    oddities: [
      ...(envelopes.length > 1
        ? [`Stdout holds ${envelopes.length} envelopes; the last one counts, and there should be one.`]
        : []),
      ...(typeof envelope.ok === 'boolean' ? [] : ['The envelope does not say `ok`: true or false.']),
      ...oddities,
    ],
  };
}

type JsonObject = JsonPiece['objects'][number];

const isEnvelope = (object: JsonObject) =>
  typeof object.ok === 'boolean' || isObject(object.error) || typeof object.error === 'string';

function whyNone(pieces: JsonPiece, stdout: string, stderr: string): string[] {
  if (jsonPieces(stderr).objects.some(isEnvelope))
    return ['The envelope is on stderr, where programs do not look for it; it belongs on stdout.'];
  if (pieces.broken) return ['Stdout holds JSON that ends in the middle.'];
  if (pieces.objects.length > 0)
    return ['Stdout holds JSON, but no envelope: an object with `ok` and, on failure, `error`.'];
  return [
    stdout.trim() === '' && stderr.trim() === '' ? 'Nothing was printed.' : 'Stdout holds no JSON object.',
  ];
}

const TYPES = {
  code: 'string',
  message: 'string',
  expired: 'boolean',
  expired_at: 'string',
  retryable: 'boolean',
  reauth_command: 'string',
  reauth_env_var: 'string',
} as const satisfies Record<keyof ErrorObject, string>;

// A field of the wrong type counts as absent, and is named. One that is null is absent without a word.
function errorOf({ error, ok }: JsonObject): { error: ErrorObject | null; oddities: readonly string[] } {
  if (typeof error === 'string') {
    return {
      error: { code: '', message: error },
      oddities: ['`error` is a text; it should be an object with `code` and `message`.'],
    };
  }
  if (!isObject(error)) {
    const silent = ok === false ? ['The envelope says `ok: false` without an `error`.'] : [];
    return { error: null, oddities: silent };
  }
  const said = Object.entries(TYPES).filter(([key]) => error[key] !== undefined && error[key] !== null);
  const wrong = said.filter(([key, type]) => typeof error[key] !== type);
  const kept = said.filter(([key, type]) => typeof error[key] === type).map(([key]) => [key, error[key]]);
  return {
    error: { code: '', message: '', ...Object.fromEntries(kept) } as ErrorObject,
    oddities: wrong.map(([key, type]) => `\`error.${key}\` should be a ${type}; it counts as absent.`),
  };
}

// A person reads stderr for what went wrong.
function plainText(stdout: string, stderr: string): string {
  const said = stderr.trim() === '' ? stdout : `${stderr}\n${stdout}`;
  return said
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
    .slice(0, TEXT_CHARS);
}
