// A page in a world: opened in its tabs, driven by Playwright's clock under the world's until each tab has made its claim.

import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';
import { launchChromium } from '../../browser.ts';
import type { Ending } from '../../check.ts';
import type { Claim } from '../../entry.ts';
import { PARTY } from '../agent/body.ts';
import { freePort } from '../broker/free-port.ts';
import { claimOf, jsonLine } from '../claim.ts';
import { baseEnvironment } from '../environment.ts';
import { createHeard, type Heard } from '../heard.ts';
import type { RunningProcess } from '../process.ts';
import type { SubjectOutcome, SubjectRun } from '../subject.ts';
import { prepareFolders, recordEnding } from '../supervise.ts';
import { joinedClaim } from './claims.ts';
import { startPageServer } from './page-server.ts';
import { takeRequests } from './requests.ts';
import { openTab, type TabEars } from './tab.ts';
import { type TabsClock, tabsClock } from './tabs-clock.ts';

/** A page that has said how it went has nothing more to say. */
const SAID: Ending = { kind: 'exited', code: 0 };
const WATCH = fileURLToPath(new URL('./browser/watch.js', import.meta.url));

/** Opens the page, lets time pass until its tabs have said how it went, and cleans up after it. */
export async function runPage(options: SubjectRun): Promise<SubjectOutcome> {
  const { world, folders, subject, worldFile } = options;
  await prepareFolders(options);
  const heard = createHeard(world, PARTY);
  const url = (subject.page ?? '').replaceAll(/\{\{\s*port\s*\}\}/g, String(await freePort()));
  const browser = await launchChromium(baseEnvironment(process.env, folders));
  let server: RunningProcess | null = null;
  try {
    server = await startPageServer(options, url, heard);
    const context = await browser.newContext({ serviceWorkers: 'block', timezoneId: 'UTC', locale: 'en-US' });
    world.ledger.append({ kind: 'process.started', party: PARTY, resume: worldFile.resume });
    const claims: Claim[] = [];
    const ending = await live(options, context, url, heard, claims);
    const claim = claims.length === 0 ? claimOf([], ending).claim : joinedClaim(claims);
    recordEnding(world, PARTY, ending);
    world.ledger.append({
      kind: 'claim',
      party: PARTY,
      claim,
      from: claims.length === 0 ? 'exit-code' : 'json',
    });
    return {
      ending,
      claim,
      printed: { stdout: heard.text.stdout.join(''), stderr: heard.text.stderr.join('') },
      logs: { [PARTY]: heard.log.join('') },
      clockVerified: true,
      wroteBesides: false,
    };
  } finally {
    await browser.close();
    await server?.kill('The run is over.');
    await rm(folders.root, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function live(
  options: SubjectRun,
  context: BrowserContext,
  url: string,
  heard: Heard,
  claims: Claim[],
): Promise<Ending> {
  const { clock, world, subject, limits, endByMs, signal } = options;
  const { tabs = 1 } = subject;
  let ending: Ending | null = null;
  const end = (with_: Ending) => {
    ending ??= with_;
    clock.stop();
  };
  const kill = (why: string) => end({ kind: 'killed', why });
  heard.onFlood = (stream) => kill(`It printed more than ${limits.stdoutBytes} bytes to ${stream}.`);
  const abort = () => kill('The run was interrupted.');
  signal.addEventListener('abort', abort, { once: true });
  const timer = setTimeout(
    () => kill(`It was still running after ${limits.realTimeMs / 1000} s of real time.`),
    limits.realTimeMs,
  );

  await context.clock.install({ time: clock.startMs });
  await context.clock.pauseAt(clock.startMs);
  await context.addInitScript({ path: WATCH });
  let tabsTime: TabsClock | null = null;
  const stir: TabsClock['stir'] = (deed) => tabsTime?.stir(deed);
  const { origin } = new URL(url);
  const requests = await takeRequests({ context, world, origin, party: PARTY, stir });
  tabsTime = tabsClock(clock, context, requests.owed, (error) =>
    kill(`It could not be driven on: ${error.message}`),
  );
  const { waitsForNothing } = tabsTime;
  const cancelEnd = clock.schedule(endByMs, 'zzz end', () =>
    kill(
      waitsForNothing()
        ? 'It waited for something that nothing will ever bring about.'
        : `It had not ended an hour after the end of its job (${options.worldFile.until}).`,
    ),
  );
  const ears: TabEars = {
    line: (stream, text) => {
      heard.line(stream, text);
      const { claim, from } = claimOf([jsonLine(text)], SAID);
      if (stream === 'stderr' || from === 'exit-code') return;
      claims.push(claim);
      if (claims.length === tabs) end(SAID);
    },
    gone: kill,
  };
  for (let tab = 0; tab < tabs; tab++)
    stir(() => openTab(context, url, { world: options.worldFile, tab }, ears));
  try {
    if (signal.aborted) abort();
    // A browser may take longer to start than the clock has patience; what is too long, the limit of real time says.
    while (ending === null && (await clock.run()) === 'never-idle');
    return ending ?? { kind: 'killed', why: 'It waited for something that nothing will ever bring about.' };
  } finally {
    clearTimeout(timer);
    cancelEnd();
    signal.removeEventListener('abort', abort);
  }
}
