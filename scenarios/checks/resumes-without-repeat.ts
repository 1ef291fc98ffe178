// After a new consent the work goes on where it stopped: nothing is done twice, and nothing that was promised is missing.

import type { Check, Judgement, Run } from '../../harness/check.ts';
import type { EntryOf, ExchangeOpened } from '../../harness/entry.ts';
import { entriesOf, type Ledger } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { twinLoss } from '../../harness/twin-loss.ts';
import { type AccountCall, accountCalls } from './account-calls.ts';
import { attemptsOf } from './attempts.ts';
import { counted, failure, type Instance } from './instances.ts';
import { nameOf } from './lost-work.ts';

const fix =
  'Send a write again only when the service has surely not done it (a 401 before anything else), or under an idempotency key; otherwise ask the service what became of it.';

export default {
  id: 'resumes-without-repeat',
  title: 'No write is done twice, and none that was reported as done is missing',
  category: 'honesty',
  loses: 'data',
  why: 'A write was committed and its answer lost, or the work was paused in the middle: whoever starts over sends it again, and the customer has two invoices.',
  judged:
    'Writes that a broker was asked for are found again in what the service committed, by account, method, path and body. What was asked ' +
    'once must not be committed twice; what the broker reports as done must be there. A write whose outcome the broker ' +
    'does not know, and says so, may be there or not. Of an agent’s rows none may be there more often than its healthy twin wrote it.',
  fix,
  kinds: ['agent', 'broker'],
  judge: (run) => (run.kind === 'agent' ? judgeRows(run) : judgeCalls(run)),
} satisfies Check;

// What an agent was to write nobody says; its twin shows it.
function judgeRows({ ledger, twin }: Run): Judgement {
  if (twin === null)
    return {
      verdict: 'not-applicable',
      message: 'There is no healthy twin that shows what is to be written.',
    };
  const written = entriesOf(ledger, 'sink').length;
  if (written === 0) return { verdict: 'inconclusive', message: 'The subject wrote nothing.' };
  const instances = twinLoss(ledger, twin).repeatedRows.map((row): Instance => {
    const message = `The row ${nameOf(row)} was written once more at ${formatMoment(row.at)}. It should have been there once.`;
    return { atMs: row.at, message, evidence: [row.seq] };
  });
  if (instances.length > 0) return failure(instances, fix);
  return { verdict: 'pass', message: `${counted(written, 'row')}, none of them twice.` };
}

function judgeCalls({ ledger }: Run): Judgement {
  const reads = readsOf(ledger);
  const writes = accountCalls(ledger).filter(
    ({ account, sent }) =>
      sent.method !== 'GET' && !reads.has(keyOf(account, sent.method, sent.path, sent.body)),
  );
  if (writes.length === 0) return { verdict: 'inconclusive', message: 'Nothing was to be written.' };
  const committed = Map.groupBy(committedOf(ledger), ({ key }) => key);
  const asked = Map.groupBy(writes, ({ account, sent }) => keyOf(account, sent.method, sent.path, sent.body));
  const instances = [...asked].flatMap(([key, calls]) =>
    wrong(
      calls,
      (committed.get(key) ?? []).map(({ sink }) => sink),
    ),
  );
  if (instances.length > 0) return failure(instances, fix);
  return {
    verdict: 'pass',
    message: `${counted(writes.length, 'write')}, none done twice, and none missing that was reported as done.`,
  };
}

const keyOf = (account: string | null, method: string | null, path: string | null, body: unknown) =>
  JSON.stringify([account, method, path, body]);

// Some services are asked by POST for what they only tell.
function readsOf(ledger: Ledger): ReadonlySet<string> {
  const reads = attemptsOf(ledger).filter(({ opened }) => opened.effect === 'read');
  return new Set(reads.map(({ opened }) => requestKey(opened)));
}

function requestKey({ account, method, path, query, body }: ExchangeOpened): string {
  const search = new URLSearchParams(query).toString();
  return keyOf(account, method, search === '' ? path : `${path}?${search}`, body);
}

function committedOf(ledger: Ledger) {
  const opened = new Map(attemptsOf(ledger).map((attempt) => [attempt.opened.exchange, attempt.opened]));
  const seen = new Set<string>();
  return entriesOf(ledger, 'sink').flatMap((sink) => {
    const request = opened.get(sink.exchange);
    // One exchange may write several things.
    if (request === undefined || seen.has(sink.exchange)) return [];
    seen.add(sink.exchange);
    return [{ key: requestKey(request), sink }];
  });
}

function wrong(calls: readonly AccountCall[], sinks: readonly EntryOf<'sink'>[]): Instance[] {
  const [first] = calls;
  const done = calls.filter(({ ok }) => ok);
  const extra = sinks[calls.length];
  if (first === undefined) return [];
  const what = `\`${first.sent.method} ${first.sent.path}\` of ${first.account}, asked for at ${formatMoment(first.sent.at)},`;
  if (extra !== undefined) {
    const message = `${what} was done ${sinks.length} times, at ${formatMoment(extra.at)} for the last time. It should have been done once.`;
    return [{ atMs: extra.at, message, evidence: [first.sent.seq, ...sinks.map(({ seq }) => seq)] }];
  }
  const promised = done[sinks.length];
  if (promised?.returned == null) return [];
  const message = `${what} was reported as done at ${formatMoment(promised.returned.at)}, and the service has nothing of it. It should have been reported as failed.`;
  return [{ atMs: promised.returned.at, message, evidence: [promised.sent.seq, promised.returned.seq] }];
}
