// Which service a tool calls, where nobody has said so: seen in one good call, in real time.

import { rm } from 'node:fs/promises';
import { ONE_GOOD_CALL } from './clock-probe.ts';
import { entriesOf } from './ledger.ts';
import { inTime, runStory, type SuiteOptions, setStage } from './stage.ts';

/** The service to which the first request of the call went; null when none went anywhere. */
export async function firstServiceCalled(options: SuiteOptions): Promise<string | null> {
  const stage = setStage(options);
  try {
    const { ledger } = await runStory(inTime(stage, 'real'), ONE_GOOD_CALL);
    return entriesOf(ledger, 'exchange.opened')[0]?.service ?? null;
  } finally {
    await Promise.all(stage.houses.map((house) => house.close()));
    await rm(stage.workDir, { recursive: true, force: true });
  }
}
