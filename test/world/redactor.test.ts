// The redactor finds a secret in every dress, and nothing else.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../harness/world/redactor.ts';

const SECRET = '00Dxx!AQ4A/ZbCdEfGhIjKlMnOpQrStUvWxYz0123456789';
const redactorOf = (value: string) => {
  const redactor = createRedactor();
  redactor.add({ id: 'acme-salesforce/at-1', value });
  return redactor;
};

describe('a secret is found', () => {
  const dressed = {
    plainly: SECRET,
    'in a sentence': `the token is ${SECRET}, keep it safe`,
    'URL-encoded': `https://example.org/?t=${encodeURIComponent(SECRET)}`,
    'in JSON': JSON.stringify({ token: SECRET }),
    'in base64': Buffer.from(SECRET).toString('base64'),
    'inside base64 of more': Buffer.from(`client:${SECRET}`).toString('base64'),
    'in base64url': Buffer.from(`xy${SECRET}`).toString('base64url'),
    'cut to its first sixteen characters': SECRET.slice(0, 16),
    'cut to sixteen characters in the middle': `...${SECRET.slice(13, 29)}...`,
  };
  test.each(Object.entries(dressed))('%s', (_, text) => {
    const { text: clean, found } = redactorOf(SECRET).redact(text);
    expect(found).toEqual(['acme-salesforce/at-1']);
    expect(clean).toContain('[acme-salesforce/at-1]');
    expect(clean).not.toContain(SECRET.slice(4, 40));
  });
});

test('fifteen characters are not enough to accuse anybody', () => {
  expect(redactorOf(SECRET).redact(SECRET.slice(0, 15)).found).toEqual([]);
});

test('two secrets side by side are told apart', () => {
  const redactor = redactorOf(SECRET);
  const other = 'ya29.ThisIsQuiteAnotherTokenAltogether';
  redactor.add({ id: 'acme-google/at-1', value: other });
  expect(redactor.redact(`${SECRET}${other}`).text).toBe('[acme-salesforce/at-1][acme-google/at-1]');
});

test('a secret that is added later is found from then on', () => {
  const redactor = createRedactor();
  expect(redactor.redact(SECRET).found).toEqual([]);
  redactor.add({ id: 'late', value: SECRET });
  expect(redactor.redact(SECRET).found).toEqual(['late']);
});

test('a text without secrets comes back as it was', () => {
  const redactor = redactorOf(SECRET);
  fc.assert(fc.property(fc.string(), (text) => redactor.redact(text).text === text));
});

test('no sixteen characters of a secret survive, wherever it stands', () => {
  const redactor = redactorOf(SECRET);
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      const { text } = redactor.redact(`${before}${SECRET}${after}`);
      for (let i = 0; i + 16 <= SECRET.length; i++) if (text.includes(SECRET.slice(i, i + 16))) return false;
      return true;
    }),
  );
});
