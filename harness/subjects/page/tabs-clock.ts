// The clock of the tabs under the world's: it is moved to the world's moment before anything reaches a tab, and time
// stands until all tabs have come to rest again.
//
// A tab says when its next timer is due and how many answers it waits for; the tabs are at rest when two looks in a row
// find that nothing stirred in any of them, and each waits for just as many answers as the world owes it.

import type { BrowserContext, Page } from 'playwright-core';
import type { ClockDriver } from '../../time/driver.ts';

/** What the tabs are told, and how they are at rest. */
export interface TabsClock {
  /** Does something to the tabs at the present moment; time stands until they have come to rest after it. */
  stir(deed: () => Promise<unknown>): void;
  /** Whether nothing will ever wake a tab. */
  waitsForNothing(): boolean;
}

/** What a tab says of itself (browser/watch.js). */
interface Look {
  readonly stirs: number;
  readonly open: number;
  readonly working: number;
  /** Epoch ms. */
  readonly dueMs: number | null;
}

/**
 * @param owed how many answers the world still owes a tab
 * @param failed told when the tabs can no longer be driven
 */
export function tabsClock(
  clock: ClockDriver,
  context: BrowserContext,
  owed: (tab: Page) => number,
  failed: (error: Error) => void,
): TabsClock {
  let tabsMs = clock.nowMs;
  let turn: Promise<unknown> = Promise.resolve();
  let cancelDue = () => {};
  let dueMs: number | null = null;

  const moveToPresent = async () => {
    const byMs = clock.nowMs - tabsMs;
    tabsMs = clock.nowMs;
    if (byMs === 0) return;
    await context.clock.runFor(byMs);
    await Promise.all(context.pages().map((tab) => ask(tab, 'hour4Fire()')));
  };

  const rest = async () => {
    let before = '';
    for (;;) {
      const tabs = context.pages();
      const looks = await Promise.all(tabs.map((tab) => ask<Look>(tab, 'hour4Watch()')));
      const now = JSON.stringify(looks.map(({ stirs, open, working }) => [stirs, open, working]));
      const isAtRest = ({ open, working }: Look, index: number) =>
        working === 0 && open === owed(tabs[index] as Page);
      if (now === before && looks.every(isAtRest)) return looks;
      before = now;
    }
  };

  const awaitNextDue = (looks: readonly Look[]) => {
    cancelDue();
    const dues = looks.map((look) => look.dueMs).filter((each) => each !== null);
    dueMs =
      dues.length === 0 ? null : Math.max(Math.ceil(Math.min(...dues)) - clock.startMs, clock.nowMs + 1);
    if (dueMs !== null) cancelDue = clock.schedule(dueMs, 'page', () => stir(async () => {}));
  };

  const stir = (deed: () => Promise<unknown>) => {
    const release = clock.hold('a tab of the page is running');
    turn = turn.then(moveToPresent).then(deed).then(rest).then(awaitNextDue).catch(failed).finally(release);
  };

  return { stir, waitsForNothing: () => dueMs === null && context.pages().every((tab) => owed(tab) === 0) };
}

// A tab that is on its way to another page cannot be asked: it is asked again where it arrives.
async function ask<Answer>(tab: Page, call: string): Promise<Answer> {
  for (;;) {
    try {
      return await tab.evaluate<Answer>(call);
    } catch (error) {
      if (tab.isClosed() || !/navigation|context was destroyed/.test((error as Error).message)) throw error;
      await tab.waitForLoadState();
    }
  }
}
