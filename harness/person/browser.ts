// A person at a real browser: Chromium, driven through the pages of a provider as somebody would who reads them.

import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../browser.ts';
import { passwordOf } from '../oidc/pages.ts';
import type { Person, Visit } from './visit.ts';

/** How long a page may take to appear, in real ms: far beyond what it takes on a busy machine. */
const PAGE_MS = 60_000;

/** What somebody wants to be shown of each page, by its heading. */
export type Onlooker = (page: Page, heading: string) => Promise<void>;

/** Starts the browser. Every visit has a profile of its own. */
export async function startPerson(onlooker: Onlooker = async () => {}): Promise<Person> {
  const browser = await launchChromium();
  return {
    visit: (visit, proxy) => visitWith(browser, visit, proxy, onlooker),
    close: () => browser.close(),
  };
}

async function visitWith(browser: Browser, visit: Visit, proxy: string, onlooker: Onlooker): Promise<string> {
  const context = await browser.newContext({ proxy: { server: proxy }, locale: 'en-GB', timezoneId: 'UTC' });
  context.setDefaultTimeout(PAGE_MS);
  try {
    const page = await context.newPage();
    await page.goto(visit.url);
    await signIn(page, visit, onlooker);
    await consent(page, visit, onlooker);
    await page.waitForURL((url) => url.href.startsWith(visit.redirectUri));
    return page.url();
  } finally {
    await context.close();
  }
}

async function signIn(page: Page, { account, as = account }: Visit, onlooker: Onlooker): Promise<void> {
  await page.getByLabel('Account').fill(as);
  await page.getByLabel('Password').fill(passwordOf(as));
  await onlooker(page, 'Sign in');
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function consent(page: Page, { without = [], cancels }: Visit, onlooker: Onlooker): Promise<void> {
  await page.getByRole('heading', { name: /asks for your consent$/ }).waitFor();
  for (const scope of without) await page.getByLabel(scope, { exact: true }).uncheck();
  await onlooker(page, 'Consent');
  await page.getByRole('button', { name: cancels ? 'Cancel' : 'Allow' }).click();
}
