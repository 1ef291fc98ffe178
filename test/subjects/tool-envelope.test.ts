// What is read out of a tool's output, whatever else is in it.

import { describe, expect, test } from 'vitest';
import { readEnvelope } from '../../harness/subjects/tool/envelope.ts';
import { jsonPieces } from '../../harness/subjects/tool/json-pieces.ts';

const ERROR = { code: 'CREDENTIALS_EXPIRED', message: 'The token expired.', retryable: true };
const ENVELOPE = JSON.stringify({ ok: false, error: ERROR });

describe('an envelope is found', () => {
  test.each([
    ['alone', ENVELOPE],
    ['among log lines', `starting\nINFO {x} of {y}\n${ENVELOPE}\ndone\n`],
    ['behind a prefix on its line', `12:00 result=${ENVELOPE} (took 3 ms)`],
    ['over several lines', JSON.stringify({ ok: false, error: ERROR }, null, 2)],
    ['with braces and quotes in its words', `{"a":"}{\\"" } ${ENVELOPE}`],
    ['after JSON logs', `{"level":"info","msg":"start"}\n${ENVELOPE}`],
    ['after binary', `\u0000\ufffd\u0001{{{\n${ENVELOPE}`],
  ])('%s', (_where, stdout) => {
    expect(readEnvelope(stdout, '')).toEqual({
      ok: false,
      error: ERROR,
      text: ERROR.message,
      oddities: [],
    });
  });

  test('at the end of a flood', () => {
    const flood = '{'.repeat(3_000_000);
    expect(readEnvelope(`${'noise '.repeat(500_000)}\n${ENVELOPE}`, '').error).toEqual(ERROR);
    expect(jsonPieces(flood).objects).toEqual([]);
  });
});

describe('what stands in the way is named', () => {
  const odd = (stdout: string, stderr = '') => readEnvelope(stdout, stderr).oddities.join(' ');

  test('no JSON, no envelope, nothing', () => {
    expect(odd('Access denied')).toBe('Stdout holds no JSON object.');
    expect(odd('{"message":"Bad credentials"}')).toContain('but no envelope');
    expect(odd('')).toBe('Nothing was printed.');
  });

  test('half of an object', () => {
    expect(odd('{"ok":false,"error":{"code":"CREDE')).toBe('Stdout holds JSON that ends in the middle.');
  });

  test('an envelope on stderr does not count', () => {
    const reading = readEnvelope('', ENVELOPE);
    expect(reading.error).toBeNull();
    expect(reading.text).toContain('The token expired.');
    expect(reading.oddities.join()).toContain('on stderr');
  });

  test('several: the last one counts', () => {
    const reading = readEnvelope(`{"ok":true}\n${ENVELOPE}`, '');
    expect(reading.error).toEqual(ERROR);
    expect(reading.oddities.join()).toContain('2 envelopes');
  });

  test('a field of the wrong type counts as absent, null is absent without a word', () => {
    const reading = readEnvelope('{"ok":false,"error":{"code":7,"message":"no","expired_at":null}}', '');
    expect(reading.error).toEqual({ code: '', message: 'no' });
    expect(reading.oddities).toEqual(['`error.code` should be a string; it counts as absent.']);
  });

  test('an error that is a text, an envelope without ok, a failure without an error', () => {
    expect(odd('{"ok":false,"error":"expired"}')).toContain('`error` is a text');
    expect(odd(`{"error":${JSON.stringify(ERROR)}}`)).toContain('does not say `ok`');
    expect(odd('{"ok":false}')).toContain('without an `error`');
  });
});
