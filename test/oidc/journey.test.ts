// From the revocation to the work that goes on: the reference broker, a server that is not mocked, a person at Chromium.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entriesOf, type Ledger, parseLedger } from '../../harness/ledger.ts';
import type { Onlooker } from '../../harness/person/browser.ts';
import type { Result, ScenarioResult } from '../../harness/result.ts';
import { brokerCalls } from '../../scenarios/checks/broker-calls.ts';
import byAnotherPerson from '../../scenarios/reauth-by-another-person.ts';
import cancelled from '../../scenarios/reauth-cancelled.ts';
import inBrowser from '../../scenarios/reauth-in-browser.ts';
import withFewerScopes from '../../scenarios/reauth-with-fewer-scopes.ts';
import { chromiumPath } from '../browser/chromium.ts';
import { runBrokerSuite } from '../subjects/broker-suite.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const ACCOUNT = 'tenant-1-crm';
const REVOKED_AT_MS = 30 * 60_000;
const ALL_MS = 600_000;

const outDir = mkdtempSync(join(tmpdir(), 'hour4-journey-'));
afterAll(() => rmSync(outDir, { recursive: true, force: true }));

const chromium = chromiumPath();
const shots = new Map<string, Buffer>();
let result: Result;

// `HOUR4_SCREENSHOTS=docs/images` writes what the docs show.
const onlooker: Onlooker = async (page, heading) => {
  await page.setViewportSize({ width: 640, height: 520 });
  shots.set(heading, await page.screenshot());
  const { HOUR4_SCREENSHOTS: folder } = process.env;
  if (folder !== undefined)
    await page.screenshot({ path: join(folder, `oidc-${heading.toLowerCase().replace(' ', '-')}.png`) });
};

beforeAll(async () => {
  if (chromium === null) return;
  result = await runBrokerSuite({
    name: 'reference broker',
    start: {
      run: [process.execPath, join(ROOT, 'examples', 'broker', 'server.ts')],
      module: null,
      replicas: 1,
    },
    scenarios: [inBrowser, byAnotherPerson, cancelled, withFewerScopes],
    outDir,
    subject: { cwd: join(ROOT, 'examples', 'broker') },
    onlooker,
  });
}, ALL_MS);

function told(id: string): { readonly story: ScenarioResult; readonly ledger: Ledger } {
  const story = result.scenarios.find((scenario) => scenario.id === id);
  if (story?.ledger == null) throw new Error(`${id} was not told: ${JSON.stringify(story?.findings[0])}`);
  return { story, ledger: parseLedger(readFileSync(join(outDir, story.ledger), 'utf8')) };
}

const failed = ({ findings }: ScenarioResult) =>
  findings
    .filter(({ verdict }) => verdict === 'fail' || verdict === 'error')
    .map(({ check, message }) => `${check}: ${message}`);

const verdictOf = ({ findings }: ScenarioResult, check: string) =>
  findings.find((finding) => finding.check === check)?.verdict;

/** What the broker answered to calls of the account that were sent after a moment. */
const answersAfter = (ledger: Ledger, atMs: number) =>
  brokerCalls(ledger).filter(
    ({ sent }) => sent.operation === 'call' && sent.account === ACCOUNT && sent.at > atMs,
  );

const isDone = ({ returned }: ReturnType<typeof brokerCalls>[number]) =>
  returned?.result !== null &&
  typeof returned?.result === 'object' &&
  'ok' in returned.result &&
  returned.result.ok === true;

describe.skipIf(chromium === null)('a person at the page', () => {
  test('signs in and consents, and the work goes on', () => {
    const { story, ledger } = told('reauth-in-browser');
    expect(failed(story)).toEqual([]);
    const events = entriesOf(ledger, 'event.received').map(({ event }) => (event as { type: string }).type);
    expect(events).toEqual(['reauth_required', 'reauth_succeeded']);
    const routes = entriesOf(ledger, 'exchange.opened').filter(({ endpoint }) => endpoint === 'authorize');
    expect(routes.map(({ route }) => route)).toEqual([
      'authorize',
      'login',
      'login.submit',
      'authorize.resume',
      'login',
      'login.submit',
      'authorize.resume',
    ]);
    const asked = entriesOf(ledger, 'event.received')[0]?.at ?? 0;
    const later = answersAfter(ledger, asked + 3 * 60_000);
    expect(later.length).toBeGreaterThan(10);
    expect(later.filter((call) => !isDone(call))).toEqual([]);
  });

  test('sees pages that are more than an empty frame', () => {
    expect([...shots.keys()]).toEqual(['Sign in', 'Consent']);
    for (const shot of shots.values()) expect(shot.byteLength).toBeGreaterThan(5000);
  });

  test('who is somebody else is not taken for the owner', () => {
    const { story, ledger } = told('reauth-by-another-person');
    expect(failed(story)).toEqual([]);
    expect(verdictOf(story, 'right-identity')).toBe('pass');
    const again = brokerCalls(ledger).filter(
      ({ sent }) => sent.operation === 'connect' && sent.account === ACCOUNT,
    );
    expect(again.at(-1)?.returned?.result).toMatchObject({ error: { code: 'WRONG_IDENTITY' } });
    expect(answersAfter(ledger, REVOKED_AT_MS + 5 * 60_000).filter(isDone)).toEqual([]);
  });

  test('who says no is not asked again, and nothing goes on', () => {
    const { story, ledger } = told('reauth-cancelled');
    expect(failed(story)).toEqual([]);
    expect(entriesOf(ledger, 'exchange.opened').filter(({ route }) => route === 'authorize')).toHaveLength(1);
    expect(answersAfter(ledger, REVOKED_AT_MS + 5 * 60_000).filter(isDone)).toEqual([]);
  });

  test('who gives less gets what that allows, and the rest is said to be denied', () => {
    const { story, ledger } = told('reauth-with-fewer-scopes');
    expect(failed(story)).toEqual([]);
    const later = answersAfter(ledger, REVOKED_AT_MS + 10 * 60_000);
    for (const call of later) {
      expect(isDone(call)).toBe(call.sent.method === 'GET');
      if (!isDone(call))
        expect(call.returned?.result).toMatchObject({ error: { code: 'PERMISSION_DENIED' } });
    }
  });
});
