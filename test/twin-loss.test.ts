// The difference between a run and its twin: what is missing, what is different, what is too much.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLedger, type Ledger } from '../harness/ledger.ts';
import { twinLoss } from '../harness/twin-loss.ts';
import { story } from './checks/ledgers.ts';

type Cells = Readonly<Record<string, string>>;

function sheet(...rows: readonly Cells[]): Ledger {
  const writer = createLedger(story().ledger.world, () => 0);
  for (const cells of rows) {
    const where = { service: 'google', account: 'acme-google', place: 'Report' };
    writer.append({ kind: 'sink', party: 'agent', exchange: 'x-1', ...where, cells });
  }
  return writer;
}

const deal = (id: number, more: Cells = {}): Cells => ({
  deal_id: String(7000 + id),
  changed_at: `2026-03-02T22:${String(10 + (id % 50))}:00.${String(id).padStart(3, '0')}Z`,
  account_id: `001${id % 4}`,
  account_name: `Company ${id % 4}`,
  ...more,
});

describe('the difference of two sinks', () => {
  test('is nothing for the same rows in another order, with other spacing', () => {
    const loss = twinLoss(sheet({ a: ' 1 ', b: '' }, { a: '2' }), sheet({ a: '2', b: ' ' }, { a: '1' }));
    expect(loss).toMatchObject({ equalRows: 2, pairs: [], missingRows: [], extraRows: [], repeatedRows: [] });
  });

  test('names the row that is missing', () => {
    const loss = twinLoss(sheet(deal(1), deal(3)), sheet(deal(1), deal(2), deal(3)));
    expect(loss.equalRows).toBe(2);
    expect(loss.missingRows.map(({ seq }) => seq)).toEqual([2]);
    expect(loss.pairs).toEqual([]);
  });

  test('names the cells that were left empty', () => {
    const loss = twinLoss(sheet(deal(1, { account_name: '' }), deal(2)), sheet(deal(1), deal(2)));
    expect(loss.missingRows).toEqual([]);
    expect(loss.pairs).toMatchObject([
      { run: { seq: 1 }, twin: { seq: 1 }, missing: ['account_name'], different: [] },
    ]);
  });

  test('names the cells that hold another value, also where the twin holds none', () => {
    const twin = sheet(deal(1), deal(2, { account_name: '' }));
    const loss = twinLoss(sheet(deal(1, { account_name: 'Other' }), deal(2)), twin);
    expect(loss.pairs.map(({ different }) => different)).toEqual([['account_name'], ['account_name']]);
  });

  test('pairs by what identifies a row, not by what many rows share', () => {
    const twin = sheet(...[1, 2, 3, 4, 5, 6, 7, 8].map((id) => deal(id)));
    const run = sheet(...[1, 2, 3, 4, 5, 6, 7].map((id) => deal(id)), deal(16));
    const loss = twinLoss(run, twin);
    expect(loss.missingRows.map(({ seq }) => seq)).toEqual([8]);
    expect(loss.extraRows.map(({ seq }) => seq)).toEqual([8]);
  });

  test('finds partners also where every row holds the moment of its writing', () => {
    const stamped = (id: number, at: string, title = `Item ${id}`) => ({
      id: `i-${id}`,
      title,
      synced_at: at,
    });
    const loss = twinLoss(
      sheet(stamped(1, '22:00:01.1'), stamped(2, '22:00:02.1', '')),
      sheet(stamped(1, '22:00:01'), stamped(2, '22:00:02'), stamped(3, '22:00:03')),
    );
    expect(loss.missingRows.map(({ seq }) => seq)).toEqual([3]);
    expect(loss.pairs.map(({ missing }) => missing)).toEqual([[], ['title']]);
  });

  test('tells a repeated row from an extra one', () => {
    const loss = twinLoss(
      sheet(deal(1), deal(1), deal(2, { account_name: '' }), deal(2), deal(9)),
      sheet(deal(1), deal(2)),
    );
    expect(loss.equalRows).toBe(2);
    expect(loss.repeatedRows.map(({ seq }) => seq)).toEqual([2, 3]);
    expect(loss.extraRows.map(({ seq }) => seq)).toEqual([5]);
  });

  test('keeps places apart', () => {
    const writer = createLedger(story().ledger.world, () => 0);
    const where = { service: 'google', account: 'acme-google', place: 'Other' };
    writer.append({ kind: 'sink', party: 'agent', exchange: 'x-1', ...where, cells: deal(1) });
    expect(twinLoss(writer, sheet(deal(1)))).toMatchObject({
      equalRows: 0,
      missingRows: [{ seq: 1 }],
      extraRows: [{ seq: 1 }],
    });
  });

  test('takes the partner with the best overlap', () => {
    const twin = sheet(deal(1, { amount: '10' }), deal(1, { amount: '20', changed_at: 'later' }));
    const run = sheet(
      deal(1, { amount: '20', changed_at: 'later', account_name: '' }),
      deal(1, { amount: '10' }),
    );
    expect(twinLoss(run, twin).pairs).toMatchObject([
      { run: { seq: 1 }, twin: { seq: 2 }, missing: ['account_name'] },
    ]);
  });

  test('loses exactly the rows that were taken out, whichever and in whatever order', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(ids, fc.nat(), (all, pick) => {
        const lost = all.filter((_, index) => (pick >> (index % 16)) % 2 === 1);
        const kept = all.filter((id) => !lost.includes(id)).reverse();
        const loss = twinLoss(sheet(...kept.map((id) => deal(id))), sheet(...all.map((id) => deal(id))));
        expect(loss.missingRows.map(({ cells }) => cells.deal_id)).toEqual(
          lost.map((id) => String(7000 + id)),
        );
        expect(loss.extraRows).toEqual([]);
      }),
    );
  });

  test('compares thousands of unequal rows by looking each up once', () => {
    const many = Array.from({ length: 5000 }, (_, id) => ({
      deal_id: `d-${id}`,
      name: `n-${id}`,
      kind: `k-${id % 9}`,
    }));
    const loss = twinLoss(sheet(...many.map((cells) => ({ ...cells, name: '' }))), sheet(...many));
    expect(loss.pairs).toHaveLength(5000);
    expect(loss.missingRows).toEqual([]);
  });
});
