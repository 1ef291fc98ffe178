// The dashboard of `hour4 serve` in a browser: what it shows is what the API tells, what is pressed happens, and nobody
// else's page can press it.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { words } from '../../harness/serve/dashboard/browser/life.js';
import { type Served, served } from '../serve/served.ts';
import { chromiumPath, startChromium } from './chromium.ts';
import { overflow, worstContrast } from './in-page.js';

const executable = chromiumPath();
let browser: Browser;

beforeAll(async () => {
  if (executable !== null) browser = await startChromium(executable);
}, 60_000);
afterAll(async () => browser?.close());

interface Opened {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
}

async function open(
  { api }: Served,
  { width = 1120, colorScheme = 'light' as 'light' | 'dark' } = {},
): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const [requests, complaints]: [string[], string[]] = [[], []];
  page.on('request', (request) => void requests.push(request.url()));
  page.on('console', (message) => void complaints.push(message.text()));
  page.on('pageerror', (error) => void complaints.push(error.message));
  await page.goto(new URL('/', api).href);
  await page.getByText('connected', { exact: true }).waitFor();
  return { page, requests, complaints };
}

const lifeOf = (page: Page, token: string) => page.locator(`[data-key="${token}"]`);
const leftOf = (page: Page, token: string) => lifeOf(page, token).locator('span').innerText();
const shareOf = (page: Page, token: string) =>
  lifeOf(page, token)
    .locator('progress')
    .evaluate((bar) => (bar as unknown as { value: number }).value);
const lines = (page: Page) => page.locator('#ledger p').allInnerTexts();

describe.skipIf(executable === null)('the dashboard', () => {
  test('opens without a complaint, and asks nobody but its own port', async () => {
    const world = await served(['hubspot', 'slack']);
    await world.account({ service: 'hubspot' });
    const { page, requests, complaints } = await open(world);
    expect(await page.locator('article h3').allInnerTexts()).toEqual(['acme-hubspot']);
    expect(await page.locator('#services').innerText()).toContain(world.stand.offers[1]?.origin);
    expect(complaints).toEqual([]);
    expect(new Set(requests.map((url) => new URL(url).origin))).toEqual(new Set([new URL(world.api).origin]));
  });

  test("a token's bar runs down with the clock, and ends", async () => {
    const world = await served(['hubspot']);
    await world.account({ service: 'hubspot' });
    const { page } = await open(world);
    expect(await leftOf(page, 'acme-hubspot/at-1')).toBe('30 min left');
    await page.getByLabel('Advance by').fill('12m');
    await page.getByRole('button', { name: 'Advance', exact: true }).click();
    await expect.poll(() => leftOf(page, 'acme-hubspot/at-1')).toBe('18 min left');
    expect(await shareOf(page, 'acme-hubspot/at-1')).toBeCloseTo(18 / 30, 3);
    await page.getByRole('button', { name: '+30 min' }).click();
    await expect.poll(() => leftOf(page, 'acme-hubspot/at-1')).toMatch(/^expired 1[12] min/);
    expect(await shareOf(page, 'acme-hubspot/at-1')).toBe(0);
    expect(await leftOf(page, 'acme-hubspot/rt-1')).toBe('does not expire');
    await expect.poll(async () => (await lines(page)).at(-1)).toMatch(/token\.expired\s+acme-hubspot\/at-1/);
  });

  test('the bar also runs between two looks, at the rate of the clock', async () => {
    const world = await served(['hubspot']);
    await world.account({ service: 'hubspot' });
    const { page } = await open(world);
    await page.getByLabel('Rate').fill('100000');
    await page.getByLabel('Rate').press('Enter');
    await expect.poll(() => leftOf(page, 'acme-hubspot/at-1')).toMatch(/^expired/);
  });

  test('what is due next is one press away', async () => {
    const world = await served(['hubspot']);
    await world.account({ service: 'hubspot' });
    const { page } = await open(world);
    await page.getByRole('button', { name: 'to what is due next' }).click();
    await expect.poll(() => leftOf(page, 'acme-hubspot/at-1')).toMatch(/^expired 0 s/);
  });

  test('an act is a button, by keyboard too, and the ledger tells of it at once', async () => {
    const world = await served(['plain']);
    const acme = await world.account({ service: 'plain' });
    const { page } = await open(world);
    const revoke = page.getByRole('button', { name: 'revoke', exact: true });
    await page.getByLabel('Tenant').focus();
    for (let presses = 0; presses < 2; presses++) await page.keyboard.press('Tab');
    expect(await revoke.evaluate((button) => button.ownerDocument.activeElement === button)).toBe(true);
    await page.keyboard.press('Enter');
    await expect.poll(() => leftOf(page, 'acme-plain/at-1')).toBe('revoked-by-user');
    await expect.poll(async () => (await lines(page)).join('\n')).toMatch(/act\s+revoke acme-plain/);
    expect(await lines(page)).toContainEqual(
      expect.stringMatching(/token\.revoked\s+acme-plain\/rt-1 revoked-by-user/),
    );
    expect(await revoke.evaluate((button) => button.ownerDocument.activeElement === button)).toBe(true);
    expect((await world.refresh(acme)).status).toBe(400);
  });

  test('only the acts that the service knows are offered', async () => {
    const world = await served(['hubspot', 'salesforce']);
    for (const service of ['hubspot', 'salesforce']) await world.account({ service });
    const { page } = await open(world);
    const offers = (account: string) =>
      page.getByRole('article', { name: account }).getByRole('button', { name: 'change-password' }).count();
    expect([await offers('acme-hubspot'), await offers('acme-salesforce')]).toEqual([0, 1]);
  });

  test('what others do is seen without a press: accounts, calls, faults, gates', async () => {
    const world = await served(['plain']);
    const { page } = await open(world);
    await page.getByText('Nobody is connected yet.').waitFor();
    const acme = await world.account({ service: 'plain' });
    await lifeOf(page, 'acme-plain/at-1').waitFor();
    await world.ask('POST', '/faults', { preset: 'rate-limit', match: { route: 'me' } });
    await world.call(acme, '/v1/me');
    await page.getByText('struck 1 times').waitFor();
    expect(await lines(page)).toContainEqual(
      expect.stringMatching(/exchange\.answered\s+plain me 429 fault/),
    );
    await page.getByRole('button', { name: 'remove fault-1' }).click();
    await page.getByText('None is in force.').waitFor();

    await world.ask('POST', '/gates', { id: 'race', phase: 'before-commit', giveUpMs: null });
    const held = world.call(acme, '/v1/me');
    await page.getByText('holds x-2').waitFor();
    await page.getByRole('button', { name: 'release race' }).click();
    expect((await held).status).toBe(200);
  });

  test('connects an account, and begins anew', async () => {
    const world = await served(['plain', 'hubspot']);
    const { page } = await open(world);
    await page.getByRole('combobox', { name: 'Service' }).selectOption('hubspot');
    await page.getByLabel('Tenant').fill('globex');
    await page.getByRole('button', { name: 'Connect' }).click();
    await lifeOf(page, 'globex-hubspot/at-1').waitFor();
    page.on('dialog', (dialog) => void dialog.accept());
    await page.getByRole('button', { name: 'Begin anew' }).click();
    await page.getByText('Nobody is connected yet.').waitFor();
    await expect.poll(() => lines(page)).toEqual([]);
    expect((await world.ask('GET', '/state')).body.accounts).toEqual([]);
  });

  test('a mistake is told beside its field, and forgotten when it is mended', async () => {
    const world = await served(['plain']);
    await world.account({ service: 'plain' });
    const { page } = await open(world);
    const field = page.getByLabel('Advance by');
    await field.fill('5 minutes');
    await field.press('Enter');
    await expect.poll(() => page.locator('#clock .problem').innerText()).toMatch(/^advance: /);
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await field.fill('5m');
    await field.press('Enter');
    await expect.poll(() => field.getAttribute('aria-invalid')).toBeNull();
    expect(await page.locator('#clock .problem').textContent()).toBe('');

    await page.getByLabel('Tenant').fill('Not a tenant');
    await page.getByRole('button', { name: 'Connect' }).click();
    await expect.poll(() => page.locator('#connect-problem').innerText()).toMatch(/^tenant: /);

    const scopes = page.getByLabel('Scopes that remain');
    await scopes.fill('read "');
    await page.getByRole('button', { name: 'narrow-scope' }).click();
    await expect.poll(() => page.locator('article .problem').innerText()).toMatch(/scopes/);
  });

  test.each([
    [1120, 'light'],
    [1120, 'dark'],
    [400, 'light'],
    [400, 'dark'],
  ] as const)('fits a screen of %s pixels and can be read when it is %s', async (width, colorScheme) => {
    const world = await served(['google', 'hubspot']);
    for (const service of ['google', 'hubspot']) await world.account({ service });
    await world.ask('POST', '/accounts/acme-hubspot/acts', { act: 'revoke' });
    await world.ask('POST', '/faults', { preset: 'rate-limit' });
    const { page } = await open(world, { width, colorScheme });
    await page.getByRole('button', { name: 'remove fault-1' }).waitFor();
    expect(await page.evaluate(overflow)).toBeLessThanOrEqual(0);
    const { ratio, text } = (await page.evaluate(worstContrast)) ?? { ratio: 0, text: 'nothing to read' };
    expect(ratio, text).toBeGreaterThanOrEqual(4.5);
  });

  test("a stranger's page can neither give orders nor show the dashboard inside itself", async () => {
    const world = await served(['plain']);
    await world.account({ service: 'plain' });
    const stranger = createServer((_incoming, outgoing) => {
      outgoing.writeHead(200, { 'content-type': 'text/html' });
      outgoing.end(`<iframe src="${new URL('/', world.api).href}"></iframe>`);
    });
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      stranger.closeAllConnections();
      stranger.close();
    });
    const context = await browser.newContext();
    onTestFinished(() => context.close());
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`);
    const url = `${world.api}/accounts/acme-plain/acts`;
    const answered = page.waitForResponse(url);
    await page.evaluate(
      (to) => fetch(to, { method: 'POST', mode: 'no-cors', body: '{"act":"revoke"}' }).then(() => null),
      url,
    );
    expect((await answered).status()).toBe(403);
    expect((await world.ledger()).filter(({ kind }) => kind === 'act')).toEqual([]);
    expect(await page.frames()[1]?.getByRole('heading').count()).toBe(0);
  });
});

test.each([
  [0, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [90_061_000, '1 d 1 h'],
  [3_600_000 + 5_000, '1 h'],
  [29 * 60_000 + 12_500, '29 min 12 s'],
])('%i ms are told as %s', (ms, text) => expect(words(ms)).toBe(text));
