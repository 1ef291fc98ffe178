// Tokens are found by their values, however many volumes there are.

import { expect, test } from 'vitest';
import type { TokenRecord } from '../../mocks/authority.ts';
import { createTokenIndex } from '../../mocks/token-index.ts';

const COUNT = 20_000;

const records = Array.from({ length: COUNT }, (_none, nth): TokenRecord => {
  const account = { id: 'acme-plain', tenant: 'acme' };
  return { id: `acme-plain/at-${nth}`, kind: 'access', value: `value-${nth}`, grantId: 'grant', account };
});

test('every value leads to its token, and a strange one to none', () => {
  const index = createTokenIndex();
  for (const record of records) index.add(record);
  for (const [nth, record] of records.entries())
    expect(index.find(record.value, nth % 2 === 0 ? 'access' : 'refresh')).toBe(record);
  expect(index.find(`value-${COUNT}`, 'access')).toBeNull();
  expect([...index.all()]).toEqual(records);
});

test('of two tokens with one value the newer counts', () => {
  const index = createTokenIndex();
  const [first, ...others] = records;
  if (first === undefined) throw new Error('there are records');
  const again = { ...first, id: 'acme-plain/at-again' };
  for (const record of [first, ...others, again]) index.add(record);
  expect(index.find(first.value, 'access')).toBe(again);
});

test('tokens that end alike are told apart', () => {
  const index = createTokenIndex();
  const alike = records.map((record, nth) => ({
    ...record,
    value: `${nth}","Expiration":"2026-03-02T22:30:00Z"}`,
  }));
  for (const record of alike) index.add(record);
  for (const record of alike) expect(index.find(record.value, 'access')).toBe(record);
  expect(index.find(`${COUNT}","Expiration":"2026-03-02T22:30:00Z"}`, 'access')).toBeNull();
  expect([...index.all()]).toEqual(alike);
});
