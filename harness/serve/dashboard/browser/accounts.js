// The accounts: each token's life as a bar, and a button for each act that the account's service knows.

import { order } from './api.js';
import { nowMs } from './clock.js';
import { byId, keep, make, say } from './dom.js';
import { lifeOf } from './life.js';

/** @typedef {import('./state.js').State['accounts'][number]} Account */
/** @typedef {Account['tokens'][number]} Token */

/** So many tokens of each kind that are over are still shown. */
const ENDED_SHOWN = 2;

/** @type {ReadonlyMap<string, Token>} */
let tokens = new Map();

/** @param {readonly Account[]} accounts @param {() => Promise<void>} changed */
export function show(accounts, changed) {
  tokens = new Map(accounts.flatMap((account) => account.tokens.map((token) => [token.id, token])));
  byId('no-accounts').hidden = accounts.length > 0;
  keep(
    byId('accounts'),
    accounts,
    ({ id }) => id,
    (account) => create(account, changed),
    update,
  );
  tick();
}

/** Brings every bar up to the present moment. */
export function tick() {
  const now = nowMs();
  for (const row of document.querySelectorAll('.token')) {
    const token = tokens.get(/** @type {HTMLElement} */ (row).dataset.key ?? '');
    if (token === undefined) continue;
    const { share, text } = lifeOf(token, now);
    const bar = /** @type {HTMLProgressElement} */ (row.querySelector('progress'));
    const why = /** @type {HTMLElement} */ (row.querySelector('span'));
    bar.value = share;
    say(why, text);
    row.classList.toggle('ended', share <= 0);
    why.classList.toggle('why', share <= 0);
  }
}

/** @param {Account} account @param {() => Promise<void>} changed */
function create({ id, service, tenant, scopes }, changed) {
  const problem = make('p', { class: 'problem', role: 'alert' });
  const acts = make('div', { class: 'acts', role: 'group', 'aria-label': `what can happen to ${id}` });
  const article = make(
    'article',
    { 'aria-label': id },
    make('h3', {}, id),
    make('p', { class: 'quiet' }, `${service}, tenant ${tenant}`),
    make('div', { class: 'tokens' }),
    make('p', { class: 'quiet more' }),
    acts,
  );
  /** @param {HTMLFormElement | null} form @param {object} body */
  const act = async (form, body) => {
    if (await order(problem, form, `/accounts/${id}/acts`, { body })) await changed();
  };
  acts.addEventListener('click', ({ target }) => {
    const name = target instanceof HTMLElement ? target.dataset.key : undefined;
    if (name !== undefined) act(null, { act: name });
  });
  article.append(narrowing(scopes, act), problem);
  return article;
}

/** @param {readonly string[]} scopes @param {(form: HTMLFormElement, body: object) => void} act */
function narrowing(scopes, act) {
  const field = make('input', {
    name: 'scopes',
    value: scopes.join(' '),
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const form = make(
    'form',
    { class: 'narrow' },
    make('label', {}, 'Scopes that remain ', field),
    make('button', {}, 'narrow-scope'),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    act(form, { act: 'narrow-scope', scopes: field.value.split(/\s+/).filter((scope) => scope !== '') });
  });
  return form;
}

/** @param {HTMLElement} article @param {Account} account */
function update(article, { tokens: all, acts }) {
  const shown = all.filter(
    (token) =>
      token.live ||
      all
        .filter(({ kind, live }) => kind === token.kind && !live)
        .slice(-ENDED_SHOWN)
        .includes(token),
  );
  keep(
    part(article, '.tokens'),
    shown,
    ({ id }) => id,
    bar,
    () => {},
  );
  const hidden = all.length - shown.length;
  say(part(article, '.more'), hidden === 0 ? '' : `and ${hidden} more that are over`);
  const buttons = acts.filter(({ act }) => act !== 'narrow-scope');
  keep(
    part(article, '.acts'),
    buttons,
    ({ act }) => act,
    ({ act, title }) => make('button', { type: 'button', title }, act),
    () => {},
  );
  part(article, '.narrow').hidden = buttons.length === acts.length;
}

/** @param {Token} token */
function bar({ id, kind }) {
  return make(
    'div',
    { class: `token ${kind}` },
    make('div', {}, make('code', {}, id), make('span', {})),
    make('progress', { max: '1', value: '1', 'aria-label': `what is left of ${id}` }),
  );
}

/** @param {HTMLElement} article @param {string} selector */
const part = (article, selector) => /** @type {HTMLElement} */ (article.querySelector(selector));
