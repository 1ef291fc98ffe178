// The life of an agent that is a module: it runs its job, and its last word is its claim.

import { writeSync } from 'node:fs';
import type { Life } from './warm-host.ts';

/** Resolves when the agent has returned. */
export const liveAsAgent: Life = async (subject, url) => {
  if (typeof subject !== 'function')
    throw new Error(`${url} must export its agent by default: export default async (env) => claim`);
  const claim: unknown = await subject(process.env);
  // Straight to the descriptor: in order after whatever the agent has printed.
  if (claim !== undefined) writeSync(1, `${JSON.stringify(claim)}\n`);
};
