// The faults and gates in force, each with a way to end it.

import { order } from './api.js';
import { byId, keep, make, say } from './dom.js';

/** @typedef {import('./state.js').State} State */

/** @param {Pick<State, 'faults' | 'gates'>} state @param {() => Promise<void>} changed */
export function show({ faults, gates }, changed) {
  byId('no-rules').hidden = faults.length + gates.length > 0;
  /** @param {string} path @param {string} method */
  const end = async (path, method) => {
    if (await order(byId('rules-problem'), null, path, { method })) await changed();
  };
  /** @param {{ id: string }} rule @param {string} word @param {() => void} press */
  const row = ({ id }, word, press) => {
    const button = make('button', { type: 'button', 'aria-label': `${word} ${id}` }, word);
    button.addEventListener('click', press);
    return make('li', {}, make('strong', {}, id), make('code', {}), make('span', { class: 'quiet' }), button);
  };
  keep(
    byId('faults'),
    faults,
    ({ id }) => id,
    (fault) => row(fault, 'remove', () => end(`/faults/${fault.id}`, 'DELETE')),
    (element, { id: _id, applied, ...rule }) => fill(element, rule, `struck ${applied} times`),
  );
  keep(
    byId('gates'),
    gates,
    ({ id }) => id,
    (gate) => row(gate, 'release', () => end(`/gates/${gate.id}/release`, 'POST')),
    (element, { id: _id, holds, ...rule }) =>
      fill(element, rule, holds.length === 0 ? 'holds nothing' : `holds ${holds.join(', ')}`),
  );
}

/** @param {HTMLElement} element @param {object} rule @param {string} status */
function fill(element, rule, status) {
  say(/** @type {HTMLElement} */ (element.querySelector('code')), JSON.stringify(rule));
  say(/** @type {HTMLElement} */ (element.querySelector('span')), status);
}
