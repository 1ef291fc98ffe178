// A headless Chromium of this machine: playwright-core drives it, and neither comes with hour4.

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { UsageError } from './errors.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/**
 * Starts it. It keeps no profile, and finds nothing of the user's.
 * @param what needs it, as the message that it is missing begins
 * @throws UsageError where the browser is missing; the package is looked for when a config is read
 */
export async function launchChromium(what: string, env: Readonly<Record<string, string>>): Promise<Browser> {
  const { chromium } = await import('playwright-core');
  const executablePath = chromiumPath(process.env) ?? chromium.executablePath();
  if (!existsSync(executablePath)) {
    throw new UsageError(
      `${what}: needs Chromium, and none is here: apt-get install chromium, or npx playwright-core install chromium, or name the program in CHROME_PATH`,
    );
  }
  return chromium.launch({ executablePath, env, args: ['--disable-gpu', '--disable-dev-shm-usage'] });
}

/** The path of the system's browser; null where none is found. */
function chromiumPath({ CHROME_PATH, PATH = '' }: NodeJS.ProcessEnv): string | null {
  if (CHROME_PATH !== undefined) return CHROME_PATH;
  const paths = NAMES.flatMap((name) => PATH.split(delimiter).map((folder) => join(folder, name)));
  return paths.find((path) => existsSync(path)) ?? null;
}
