// One tab: opened with what it is told, and heard from then on.

import type { BrowserContext, ConsoleMessage, Page } from 'playwright-core';
import type { WorldFile } from '../world-file.ts';

/** What is told of a tab. */
export interface TabEars {
  line(stream: 'stdout' | 'stderr', text: string): void;
  /** It is gone, and why, as a whole sentence. */
  gone(why: string): void;
}

/** Opens a tab; the page finds the world and its own number in `globalThis.hour4`. */
export async function openTab(
  context: BrowserContext,
  url: string,
  told: { readonly world: WorldFile; readonly tab: number },
  ears: TabEars,
): Promise<Page> {
  const page = await context.newPage();
  page.on('console', (message) => ears.line(streamOf(message), message.text()));
  page.on('pageerror', (error) => ears.line('stderr', `Uncaught ${error.name}: ${error.message}`));
  page.on('crash', () => ears.gone('A tab of it crashed.'));
  await page.addInitScript({ content: `globalThis.hour4 = ${JSON.stringify(told)};` });
  await page.goto(url);
  return page;
}

const streamOf = (message: ConsoleMessage) =>
  message.type() === 'error' || message.type() === 'warning' ? 'stderr' : 'stdout';
