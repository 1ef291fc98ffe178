// Routes that no mock models are counted, come with the stub to add, and take the blame from whoever called them.

import { expect, test } from 'vitest';
import type { Finding } from '../harness/result.ts';
import { unmodelledOf, withoutUnmodelled } from '../harness/unmodelled.ts';
import { story } from './checks/ledgers.ts';

function calls(...paths: readonly string[]) {
  const told = story();
  for (const path of paths) told.call('ok', { route: path === '/known' ? 'deals.read' : 'unmodelled', path });
  return told.ledger;
}

test('each route is counted once, whatever ids stand in its path', () => {
  const ledger = calls('/v3/things/17', '/v3/things/18', '/known', '/v3/things');
  expect(unmodelledOf([ledger, ledger])).toEqual([
    {
      service: 'hubspot',
      method: 'GET',
      path: '/v3/things/{id}',
      count: 4,
      stub: "{ id: 'things.get', method: 'GET', path: '/v3/things/{id}', needsOneOf: [], effect: 'read', handle: () => ({ answer: json(200, {}) }) },",
    },
    expect.objectContaining({ path: '/v3/things', count: 2 }),
  ]);
});

test('a failure that cites a call of such a route is inconclusive, and says which', () => {
  const ledger = calls('/known', '/v3/things');
  const seqs = (route: string) =>
    ledger.entries.filter((entry) => 'route' in entry && entry.route === route).map(({ seq }) => seq);
  const failed: Finding = {
    check: 'x',
    verdict: 'fail',
    message: 'It failed.',
    fix: 'mend',
    evidence: [],
    at: 1,
  };
  const hangs = { ...failed, evidence: seqs('unmodelled').slice(-1) };
  expect(withoutUnmodelled(hangs, ledger)).toMatchObject({
    verdict: 'inconclusive',
    message: 'It hangs on GET /v3/things of hubspot, which no mock models. It failed.',
    fix: null,
    at: null,
  });
  const stands = { ...failed, evidence: seqs('deals.read') };
  expect(withoutUnmodelled(stands, ledger)).toBe(stands);
  const passed: Finding = { ...hangs, verdict: 'pass' };
  expect(withoutUnmodelled(passed, ledger)).toBe(passed);
});
