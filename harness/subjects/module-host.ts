// Runs an agent that is a module, in a process of its own: its return value is printed as the claim.

import { writeSync } from 'node:fs';

const url = process.argv[2];
if (url === undefined) throw new Error('usage: module-host URL-OF-THE-MODULE');
const module = await import(url);
if (typeof module.default !== 'function') {
  throw new Error(`${url} must export its agent by default: export default async (env) => claim`);
}
const claim: unknown = await module.default(process.env);
// Straight to the descriptor: the claim must be out even if something else then ends the process.
if (claim !== undefined) writeSync(1, `${JSON.stringify(claim)}\n`);
// A module's return is its end, whatever timers it leaves behind.
process.exit();
