// A headless Chromium of this machine: playwright-core drives it, and neither comes with hour4.

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { UsageError } from './errors.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/** Why there is no browser here, with the way out; null where there is one. */
export function whyNoBrowser(): string | null {
  try {
    import.meta.resolve('playwright-core');
  } catch {
    return 'there is nothing to drive a browser with: npm install --save-dev playwright-core';
  }
  if (chromiumPath(process.env) !== null) return null;
  return 'there is no browser: install Chromium, such that chromium is on the search path, or name the program in CHROME_PATH';
}

/**
 * Starts it. It keeps no profile, and finds nothing of the user's.
 * @param env its variables; absent = those of this process
 * @throws UsageError where there is none
 */
export async function launchChromium(env?: Readonly<Record<string, string>>): Promise<Browser> {
  const why = whyNoBrowser();
  const executablePath = chromiumPath(process.env);
  if (why !== null || executablePath === null) throw new UsageError(`${why}`);
  const { chromium } = await import('playwright-core');
  const args = ['--disable-gpu', '--disable-dev-shm-usage'];
  return chromium.launch({ executablePath, args, ...(env === undefined ? {} : { env }) });
}

function chromiumPath({ CHROME_PATH, PATH = '' }: NodeJS.ProcessEnv): string | null {
  const paths = NAMES.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name)));
  const known = CHROME_PATH === undefined ? paths : [CHROME_PATH];
  return known.find((path) => existsSync(path)) ?? null;
}
