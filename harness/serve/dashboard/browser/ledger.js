// The ledger as it grows: a line for each entry, the newest below.

import { byId, make } from './dom.js';

/** So many lines are kept. */
export const LINES_MAX = 200;

const BAD = [
  'token.refused',
  'token.revoked',
  'token.evicted',
  'token.expired',
  'exchange.lost',
  'leak',
  'host.unclaimed',
];

/** @param {Record<string, any>} entry */
export function add(entry) {
  const log = byId('ledger');
  const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 4;
  const { seq, at, kind } = entry;
  log.append(
    make(
      'p',
      { class: classOf(entry), 'data-seq': String(seq) },
      make('span', { class: 'when' }, `${seq}  +${moment(at)}`),
      make('span', { class: 'kind' }, kind),
      make('span', { class: 'what' }, whatOf(entry)),
    ),
  );
  while (log.children.length > LINES_MAX) log.firstElementChild?.remove();
  if (atEnd) log.scrollTop = log.scrollHeight;
}

export function clear() {
  byId('ledger').replaceChildren();
}

/** @param {Record<string, any>} entry */
function classOf({ kind, status }) {
  if (BAD.includes(kind) || (kind === 'exchange.answered' && status >= 400)) return 'bad';
  if (kind === 'exchange.answered' || kind === 'token.minted') return 'good';
  return kind === 'act' || kind.startsWith('fault') || kind.startsWith('gate') ? 'done' : 'other';
}

/** @param {Record<string, any>} entry */
function whatOf({ kind, method, path, status, truth, account, token, service, ...rest }) {
  if (kind === 'exchange.opened') return `${service} ${method} ${path} ${token ?? ''}`;
  if (kind === 'exchange.answered') return `${service} ${rest.route} ${status} ${truth} ${token ?? ''}`;
  const { act, successor, fault, gate, reason, host, exchange, event } = rest;
  const parts = [
    act,
    fault,
    gate,
    host,
    token ?? account,
    truth,
    successor === undefined ? '' : `to ${successor}`,
    reason,
  ];
  const told = [...parts, exchange, event === undefined ? '' : JSON.stringify(event)];
  return told.filter((part) => part !== undefined && part !== null && part !== '').join('  ');
}

/** @param {number} ms @returns {string} `1:02:03.456` */
function moment(ms) {
  const two = (/** @type {number} */ count) => String(count).padStart(2, '0');
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${String(ms % 1000).padStart(3, '0')}`;
}
