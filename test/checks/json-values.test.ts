// Recorded bodies: what is in them, and which of their values say the same.

import { describe, expect, test } from 'vitest';
import type { Json } from '../../mocks/index.ts';
import { fieldsOf, normal, recordsOf, scalarsOf, wordsOf } from '../../scenarios/checks/json-values.ts';

test('scalars are found at any depth, as text, and nothing is none', () => {
  expect(scalarsOf({ a: 1, b: ['x', null, { c: true }], d: null })).toEqual(['1', 'x', 'true']);
  expect(scalarsOf(null)).toEqual([]);
  expect(scalarsOf('x')).toEqual(['x']);
});

test('fields are keys with scalars, at any depth; elements of a list have their places for keys', () => {
  expect(fieldsOf({ id: 7, gone: null, of: { name: 'Alder', ids: ['a'] } })).toEqual([
    ['id', '7'],
    ['name', 'Alder'],
    ['0', 'a'],
  ]);
  for (const value of [null, 'x', 1, true]) expect(fieldsOf(value)).toEqual([]);
});

describe('records', () => {
  const ONE = { id: '1', tags: ['a', 'b'] };
  const TWO = { id: '2', tags: [] };
  const bodies: readonly [string, Json, readonly Json[]][] = [
    ['the elements of a list', [ONE, TWO], [ONE, TWO]],
    ['the elements of the lists in an answer', { total: 2, results: [ONE], more: { of: [TWO] } }, [ONE, TWO]],
    ['the whole where there is no list', { id: '1', name: null }, [{ id: '1', name: null }]],
    ['the whole of a text', 'a page', ['a page']],
    ['the whole of nothing', null, [null]],
    ['none in an empty list beside a full one', { a: [], b: [ONE] }, [ONE]],
  ];
  test.each(bodies)('are %s', (_title, body, records) => {
    expect(recordsOf(body)).toEqual(records);
  });
});

test('words are the text itself and its runs of letters, digits, `_` and `-`, never nothing', () => {
  expect(wordsOf("Id IN ('001A',  'x_y-z')")).toEqual([
    "Id IN ('001A',  'x_y-z')",
    'Id',
    'IN',
    '001A',
    'x_y-z',
  ]);
  expect(wordsOf('')).toEqual([]);
});

describe('values in normal form', () => {
  const alike: readonly (readonly [string, string])[] = [
    ['12500', ' 12500.00 '],
    ['+7', '7'],
    ['-7.50', '-7.5'],
    ['007', '7'],
    ['123456789012345', '0123456789012345'.slice(1)],
    ['2026-03-02T22:00Z', '2026-03-02T22:00:00.000Z'],
    ['2026-03-02T22:00:00Z', '2026-03-03T00:00:00+02:00'],
    [' Alder ', 'Alder'],
  ];
  test.each(alike)('%j says the same as %j', (one, other) => {
    expect(normal(one)).toBe(normal(other));
  });

  const unlike: readonly (readonly [string, string])[] = [
    ['7', '-7'],
    ['7', '7a'],
    ['7', 'a7'],
    ['a7', 'b7'],
    ['7a', '7b'],
    ['7', '7.'],
    ['7.5', '75'],
    // Numbers that a double does not hold are ids.
    ['9007199254740993', '9007199254740992'],
    ['2026-03-02T22:00Z', '2026-03-02T22:01Z'],
    // Not instants, whatever `Date.parse` makes of them.
    ['due 2026-03-02T22:00Z', '2026-03-02T22:00Z'],
    ['2026-13-02T22:00Z', '2026-14-02T22:00Z'],
    ['Alder 1', 'Birch 1'],
  ];
  test.each(unlike)('%j does not say the same as %j', (one, other) => {
    expect(normal(one)).not.toBe(normal(other));
  });

  test('a number of fifteen characters is one still, with its sign and point', () => {
    expect(normal('12345678901.500')).toBe(normal('12345678901.5'));
    expect(normal('12345678901.5000')).not.toBe(normal('12345678901.5'));
  });
});
