// A headless Chromium of the system, for tests that look at pages.

import { type Browser, chromium } from 'playwright-core';
import { systemProgram } from '../debian.ts';

const CHROMIUM = { package: 'chromium', names: ['chromium', 'chromium-browser', 'google-chrome'] };

/** The path of the browser, or null on a system that has none and lets nobody install one. */
export const chromiumPath = (): string | null => systemProgram(CHROMIUM);

/** Starts the browser. */
export function startChromium(executablePath: string): Promise<Browser> {
  // As root there is no sandbox; all that is ever opened are this project's own pages.
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}
