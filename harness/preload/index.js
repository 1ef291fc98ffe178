// @ts-check
// Loaded into every thread of a Node subject by `--import`: reports to the world, and follows it from then on.
import { attach } from './control.js';

const { HOUR4_CLOCK: address, HOUR4_PARTY: party = '', HOUR4_LINE: line = '0' } = process.env;

if (address) {
  // The rest is loaded while the world makes up its welcome.
  const [world, { follow }] = await Promise.all([attach(address, { party, line }), import('./follow.js')]);
  await follow(world, line);
}
