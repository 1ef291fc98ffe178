// The page of a result, in a browser: by day and by night, wide and narrow, it loads nothing and everything can be read.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import page from '../../reports/html/index.ts';
import { NIGHT_LEDGER } from '../reports/night-ledger.ts';
import { OUTCOMES } from '../reports/outcomes.ts';
import { chromiumPath, startChromium } from './chromium.ts';
import { overflow, partsOutside, worstContrast } from './in-page.js';

const executable = chromiumPath();
const folder = mkdtempSync(join(tmpdir(), 'hour4-page-'));
let browser: Browser;

beforeAll(async () => {
  if (executable !== null) browser = await startChromium(executable);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
}

async function open(name: string, width: number, colorScheme: 'light' | 'dark'): Promise<Opened> {
  const result = OUTCOMES[name];
  if (result === undefined) throw new Error(`no outcome ${name}`);
  const file = join(folder, `${name}.html`);
  writeFileSync(
    file,
    page.render(result, { color: false, outDir: '.hour4', readLedger: () => NIGHT_LEDGER }),
  );
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const opened = await context.newPage();
  const [requests, complaints]: [string[], string[]] = [[], []];
  opened.on('request', (request) => void requests.push(request.url()));
  opened.on('console', (message) => void complaints.push(message.text()));
  opened.on('pageerror', (error) => void complaints.push(error.message));
  await opened.goto(pathToFileURL(file).href);
  return { page: opened, requests, complaints };
}

describe.skipIf(executable === null)('the page', () => {
  test.each(Object.keys(OUTCOMES))(
    'of a result that is %s opens without a complaint and loads nothing else',
    async (name) => {
      const { page: opened, requests, complaints } = await open(name, 1120, 'light');
      expect(complaints).toEqual([]);
      expect(requests).toHaveLength(1);
      expect(await opened.locator('.letter').innerText()).toMatch(/^[A-DFN]$/);
      await opened.context().close();
    },
  );

  test.each([
    [1120, 'light'],
    [1120, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const)('fits a screen of %s pixels and can be read when it is %s', async (width, scheme) => {
    const { page: opened } = await open('failed', width, scheme);
    expect(await opened.evaluate(overflow)).toBeLessThanOrEqual(0);
    const { ratio, text } = (await opened.evaluate(worstContrast)) ?? { ratio: 0, text: 'nothing to read' };
    expect(ratio, text).toBeGreaterThanOrEqual(4.5);
    await opened.context().close();
  });

  test('shows a picture of each scenario, with nothing outside of its frame', async () => {
    const { page: opened } = await open('failed', 1120, 'light');
    const pictures = opened.locator('svg.timeline');
    expect(await pictures.count()).toBe(2);
    expect(await pictures.first().evaluate(partsOutside)).toBe(0);
    await opened.context().close();
  });

  test('leads from a finding to its scenario', async () => {
    const { page: opened } = await open('failed', 1120, 'light');
    await opened.locator('.finding a').first().click();
    const id = new URL(opened.url()).hash.slice(1);
    expect(await opened.locator(`[id="${id}"]`).isVisible()).toBe(true);
    await opened.context().close();
  });
});
