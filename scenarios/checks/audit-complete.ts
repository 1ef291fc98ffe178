// The request log is asked afterwards who did what, when and for what; what is not in it was never done by anybody.

import type { Check } from '../../harness/check.ts';
import type { Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import type { JsonObject } from '../../mocks/index.ts';
import { type AskedCall, askedCallsOf, asWritten, keyOf, keyOfAttempt, operationsOf } from './asked-calls.ts';
import { type Answered, isAnswered, ownerOf } from './attempts.ts';
import { auditOf, type LoggedRow } from './audit-rows.ts';
import { type Clocks, clocksOf } from './clocks.ts';
import { counted, failure, type Instance } from './instances.ts';

/** A row may be written when the request is made or when its answer came, and clocks of replicas differ. */
const NEAR_MS = 60_000;

const fix =
  'Log every request upstream where it is sent: `audit.push({ at, account, agent, task, host, method, path, status, newDestination: !seen.has(host) })`.';

export default {
  id: 'audit-complete',
  title: 'Every request upstream is in the request log, with who, what for, where and when',
  category: 'hygiene',
  loses: 'other',
  why: 'When a credential was misused, the log is all there is: which agent used it, when, for what task, and when it first went to a host where it had never been.',
  judged:
    'Each answered request upstream that belongs to a call must have a row of its own in the logs of the replica that sent it: account, method, path and ' +
    'status as on the wire, agent and task as asked, a host, and a time within a minute, by the clock of the replica. The first row of each host must be marked as a new ' +
    'destination, and no repetition of the same request may be. Replicas that were ended before the end are not asked.',
  fix,
  kinds: ['broker'],
  judge: ({ ledger }) => {
    const logs = auditOf(ledger);
    if (logs === null) {
      const hasSaid = operationsOf(ledger, 'audit').some(({ returned }) => returned?.status != null);
      return hasSaid
        ? { verdict: 'not-applicable', message: 'The broker offers no request log (GET /audit).' }
        : { verdict: 'inconclusive', message: 'The broker was never asked for its request log.' };
    }
    const due = dueRows(ledger);
    const lost = endedParties(ledger);
    const asked = due.filter(
      ({ attempt }) => logs.has(attempt.opened.party) && !lost.has(attempt.opened.party),
    );
    if (asked.length === 0) {
      return { verdict: 'inconclusive', message: 'No call went upstream by a replica whose log was read.' };
    }
    const instances = [...missing(asked, logs, ledger), ...destinations(logs, ledger)];
    if (instances.length > 0) return failure(instances, fix);
    const message = `${counted(asked.length, 'request')} upstream, each in the log as it was.`;
    return { verdict: 'pass', message };
  },
} satisfies Check;

interface Due {
  readonly attempt: Answered;
  /** For which it was sent: of equal calls that are open together, nobody can tell. */
  readonly calls: readonly AskedCall[];
}

function dueRows(ledger: Ledger): readonly Due[] {
  const pairs = askedCallsOf(ledger).flatMap((call) =>
    call.upstream.filter(isAnswered).map((attempt) => ({ call, attempt })),
  );
  return [...Map.groupBy(pairs, ({ attempt }) => attempt)].map(([attempt, own]) => ({
    attempt,
    calls: own.map(({ call }) => call),
  }));
}

function endedParties(ledger: Ledger): ReadonlySet<string> {
  const ended = ledger.entries.filter(
    ({ kind, at }) => (kind === 'process.killed' || kind === 'process.exited') && at < ledger.world.untilMs,
  );
  return new Set(ended.map(({ party }) => party));
}

// A row serves for one request only.
function missing(
  due: readonly Due[],
  logs: ReadonlyMap<string, readonly LoggedRow[]>,
  ledger: Ledger,
): Instance[] {
  const startMs = Date.parse(ledger.world.start);
  const clocks = clocksOf(ledger);
  const unused = new Map(
    [...logs].map(([party, rows]) => [
      party,
      Map.groupBy(rows, ({ row }) => keyOf(textOf(row.account), textOf(row.method), textOf(row.path))),
    ]),
  );
  return due.flatMap(({ calls, attempt }): Instance[] => {
    const { party, seq, at, method, path, query } = attempt.opened;
    const candidates = unused.get(party)?.get(keyOfAttempt(attempt)) ?? [];
    const faults = candidates.map(({ row }) => {
      const each = calls.map((one) => faultIn(row, one, attempt, { startMs, clocks }));
      return each.includes(null) ? null : (each[0] ?? null);
    });
    const place = faults.indexOf(null);
    if (place >= 0) {
      candidates.splice(place, 1);
      return [];
    }
    const what = `\`${method} ${asWritten(path, query)}\` for ${ownerOf(attempt)}, sent at ${formatMoment(at)}`;
    const message =
      faults[0] === undefined
        ? `The request ${what}, is in no row of the request log. Every request upstream should be.`
        : `The row of the request ${what}, is wrong: ${faults[0]}. It should say what was done and in whose name.`;
    return [{ atMs: at, message, evidence: [seq] }];
  });
}

function faultIn(
  row: JsonObject,
  { sent }: AskedCall,
  { opened, end }: Answered,
  { startMs, clocks }: { readonly startMs: number; readonly clocks: Clocks },
): string | null {
  if (row.status !== end.status) return `its status is ${say(row.status)} instead of ${end.status}`;
  if ((row.agent ?? null) !== sent.agent) return `its agent is ${say(row.agent)} instead of ${sent.agent}`;
  if ((row.task ?? null) !== sent.task) return `its task is ${say(row.task)} instead of ${sent.task}`;
  if (textOf(row.host) === '') return 'it names no host';
  const atMs = Date.parse(textOf(row.at)) - startMs;
  const nearMs = NEAR_MS + Math.abs(clocks.aheadMs(opened.party, opened.at));
  if (!(atMs >= opened.at - nearMs && atMs <= end.at + nearMs))
    return `its time is ${say(row.at)}, and it was sent at ${formatMoment(opened.at)}`;
  return null;
}

function destinations(logs: ReadonlyMap<string, readonly LoggedRow[]>, ledger: Ledger): Instance[] {
  const startMs = Date.parse(ledger.world.start);
  const clocks = clocksOf(ledger);
  const all = [...logs].flatMap(([party, rows]) =>
    rows.map((row) => {
      const saidMs = Date.parse(textOf(row.row.at)) - startMs;
      return { ...row, party, trueMs: saidMs - clocks.aheadMs(party, saidMs) };
    }),
  );
  const inOrder = all.sort((a, b) => a.trueMs - b.trueMs);
  const hosts = new Set<string>();
  const requests = new Set<string>();
  return inOrder.flatMap(({ row, seq, at, party }): Instance[] => {
    const host = textOf(row.host);
    const path = textOf(row.path).split('?')[0] ?? '';
    const request = JSON.stringify([party, row.account, host, row.method, path]);
    const unmarked = !hosts.has(host) && row.newDestination !== true;
    const marked = requests.has(request) && row.newDestination === true;
    hosts.add(host);
    requests.add(request);
    if (!unmarked && !marked) return [];
    const message = unmarked
      ? `The first request of the log to its host, for ${say(row.account)}, is not marked as a new destination. It should stand out.`
      : `A request for ${say(row.account)} that the log holds already is marked as a new destination. Where all rows stand out, none does.`;
    return [{ atMs: at, message, evidence: [seq] }];
  });
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const say = (value: unknown) => JSON.stringify(value ?? null);
