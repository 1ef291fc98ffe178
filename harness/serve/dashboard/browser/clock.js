// The clock: what time it is in the world, going on by itself between two looks, and the ways to move it.

import { order } from './api.js';
import { byId, say } from './dom.js';

/** @type {{ virtualMs: number, realMs: number, rate: number, nextDue: string | null }} */
let seen = { virtualMs: 0, realMs: 0, rate: 0, nextDue: null };

/** The present moment of the world, in epoch ms. */
export function nowMs() {
  return seen.virtualMs + (performance.now() - seen.realMs) * seen.rate;
}

/** @param {{ now: string, rate: number, nextDue: string | null }} clock */
export function see({ now, rate, nextDue }) {
  seen = { virtualMs: Date.parse(now), realMs: performance.now(), rate, nextDue };
  byId('next-due').toggleAttribute('disabled', nextDue === null);
  byId('next-due').title = nextDue === null ? 'nothing is due' : nextDue;
  const field = /** @type {HTMLInputElement} */ (document.querySelector('#rate input'));
  if (document.activeElement !== field && field.getAttribute('aria-invalid') === null)
    field.value = String(rate);
}

/** Shows the moment. */
export function tick() {
  const now = new Date(Math.floor(nowMs()));
  say(byId('now'), now.toISOString().replace('T', ' ').slice(0, 19));
  byId('now').setAttribute('datetime', now.toISOString());
  say(
    byId('pace'),
    seen.rate === 0 ? 'stands' : seen.rate === 1 ? 'real time' : `${seen.rate} times as fast`,
  );
}

/** @param {() => Promise<void>} changed */
export function listen(changed) {
  const problem = /** @type {HTMLElement} */ (document.querySelector('#clock .problem'));
  /** @param {HTMLFormElement | null} form @param {unknown} body */
  const move = async (form, body) => {
    if (await order(problem, form, '/clock', { body })) await changed();
  };
  for (const button of document.querySelectorAll('[data-advance]')) {
    button.addEventListener('click', () => move(null, { advance: button.getAttribute('data-advance') }));
  }
  byId('next-due').addEventListener('click', () => move(null, { set: seen.nextDue }));
  onSubmit('advance', (form, value) => move(form, { advance: value }));
  onSubmit('rate', (form, value) => move(form, { rate: value === '' ? null : Number(value) }));
  byId('reset').addEventListener('click', async () => {
    if (!confirm('No accounts, no faults, an empty ledger: begin anew?')) return;
    if (await order(problem, null, '/reset', {})) await changed();
  });
}

/** @param {string} id @param {(form: HTMLFormElement, value: string) => void} take */
function onSubmit(id, take) {
  /** @type {HTMLFormElement} */
  const form = byId(id);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    take(form, String(new FormData(form).get(id) ?? '').trim());
  });
}
