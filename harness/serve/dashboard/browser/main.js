// The page of `hour4 serve`: shows what there is, follows the ledger, and looks again whenever something happened.

import * as accounts from './accounts.js';
import { ask, follow, order } from './api.js';
import * as clock from './clock.js';
import { byId, keep, make, say } from './dom.js';
import * as ledger from './ledger.js';
import * as rules from './rules.js';

const TICK_MS = 250;

let looking = false;
let again = false;

/** Shows the present state. What happens meanwhile is looked at right after, once. */
async function look() {
  if (looking) {
    again = true;
    return;
  }
  looking = true;
  do {
    again = false;
    const { ok, body } = await ask('/state');
    if (ok) show(body);
  } while (again);
  looking = false;
}

/** @param {import('./state.js').State} state */
function show(state) {
  clock.see(state.clock);
  accounts.show(state.accounts, look);
  rules.show(state, look);
  const select = /** @type {HTMLElement} */ (document.querySelector('#connect select'));
  const services = [...new Map(state.services.map((service) => [service.id, service])).values()];
  keep(
    select,
    services,
    ({ id }) => id,
    ({ id }) => make('option', { value: id }, id),
    () => {},
  );
  keep(
    byId('services'),
    state.services,
    ({ name }) => name,
    ({ name, url }) => make('li', {}, `${name}  `, make('code', {}, url)),
    () => {},
  );
  clock.tick();
}

/** @type {HTMLFormElement} */
const connect = byId('connect');
connect.addEventListener('submit', async (event) => {
  event.preventDefault();
  const body = Object.fromEntries(new FormData(connect));
  if (await order(byId('connect-problem'), connect, '/accounts', { body })) await look();
});
clock.listen(look);

const { ok, body } = await ask('/state');
if (ok) show(body);
follow(ok ? Math.max(0, body.ledger.entries - ledger.LINES_MAX) : 0, {
  entry: (entry) => {
    ledger.add(entry);
    void look();
  },
  reset: () => {
    ledger.clear();
    void look();
  },
  connected: (yes) => {
    say(byId('connection'), yes ? 'connected' : 'hour4 does not answer; trying again ...');
    document.body.classList.toggle('gone', !yes);
    if (yes) void look();
  },
});
setInterval(() => {
  clock.tick();
  accounts.tick();
}, TICK_MS);
