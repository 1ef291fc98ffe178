// The routes that a subject called and no service models: what hangs on them says something about the mock.

import { entriesOf, type Ledger } from './ledger.ts';
import type { Finding } from './result.ts';

/** A route that no service models, with the calls of it. */
export interface Unmodelled {
  readonly service: string;
  readonly method: string;
  /** With `{id}` for the parts that look like ids. */
  readonly path: string;
  readonly count: number;
  /** The route to add to the service, as one line of its file. */
  readonly stub: string;
}

const UNMODELLED = 'unmodelled';

/** The unmodelled routes of some runs, in the order in which they were first called. */
export function unmodelledOf(ledgers: readonly Ledger[]): readonly Unmodelled[] {
  const opened = ledgers.flatMap((ledger) =>
    entriesOf(ledger, 'exchange.opened').filter(({ route }) => route === UNMODELLED),
  );
  const calls = Map.groupBy(opened, ({ service, method, path }) =>
    JSON.stringify([service, method, templateOf(path)]),
  );
  return [...calls].map(([key, { length: count }]) => {
    const [service, method, path] = JSON.parse(key) as [string, string, string];
    return { service, method, path, count, stub: stubOf(method, path) };
  });
}

/** The finding as it stands when what it cites may be the mock's own fault: a failure that hangs on an unmodelled route is none. */
export function withoutUnmodelled(finding: Finding, ledger: Ledger): Finding {
  if (finding.verdict !== 'fail') return finding;
  const cited = new Set(finding.evidence);
  const entry = ledger.entries.find(
    (candidate) => cited.has(candidate.seq) && 'route' in candidate && candidate.route === UNMODELLED,
  );
  if (entry === undefined || !('exchange' in entry)) return finding;
  const opened = entriesOf(ledger, 'exchange.opened').find(({ exchange }) => exchange === entry.exchange);
  const route = opened === undefined ? 'a route' : `${opened.method} ${opened.path} of ${opened.service}`;
  return {
    ...finding,
    verdict: 'inconclusive',
    message: `It hangs on ${route}, which no mock models. ${finding.message}`,
    fix: null,
    at: null,
  };
}

const templateOf = (path: string) =>
  path
    .split('/')
    .map((part) => (/^\d+$|\d.*\d.*\d|^[0-9a-f-]{16,}$/i.test(part) && !/^v\d+$/.test(part) ? '{id}' : part))
    .join('/');

function stubOf(method: string, path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && !/^v\d+$/.test(part));
  const id = [...parts.filter((part) => part !== '{id}'), method.toLowerCase()].join('.');
  const effect = method === 'GET' || method === 'HEAD' ? 'read' : 'write';
  return (
    `{ id: '${id}', method: '${method}', path: '${path}', needsOneOf: [], effect: '${effect}', ` +
    'handle: () => ({ answer: json(200, {}) }) },'
  );
}
