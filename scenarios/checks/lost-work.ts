// Work that was not done: requests whose last answer was a refusal, and what the twin wrote and the run did not.

import { type Ledger, oncePerPair } from '../../harness/ledger.ts';
import { formatMoment } from '../../harness/moment.ts';
import { type Sink, twinLoss } from '../../harness/twin-loss.ts';
import {
  type Answered,
  type Attempt,
  attemptsOf,
  inOrderOfAnswer,
  isAnswered,
  isRefused,
  ownerOf,
  type Refused,
} from './attempts.ts';
import { idsIn, idsTold } from './ids.ts';
import type { Instance } from './instances.ts';
import { normal, scalarsOf } from './json-values.ts';
import { companions, valuesByAccount } from './sources.ts';
import { unhealedRefusals, worksOf } from './work.ts';

/** A piece of work that was not done, with what an honest claim can call it. */
export interface LostWork extends Instance {
  /** The accounts whose answers it needed. */
  readonly accounts: ReadonlySet<string>;
  /** The ids under which a claim may name it. */
  readonly names: ReadonlySet<string>;
  /** Whether it was a rate limit that stood in its way, and no refusal of a credential. */
  readonly toALimit: boolean;
}

/** All lost work of a run, refused requests first. */
export const lostWork = oncePerPair((run, twin: Ledger | null): readonly LostWork[] => [
  ...lostRequests(run, twin),
  ...(twin === null ? [] : lostCells(run, twin)),
]);

function lostRequests(run: Ledger, twin: Ledger | null): LostWork[] {
  const ids = idsTold(run, twin);
  const together = companions(twin === null ? [run] : [run, twin], ids);
  return worksOf(attemptsOf(run), ids).flatMap(({ answers, owner, route, item }) => {
    const refusals = unhealedRefusals(answers);
    const [first] = refusals.some((refused) => !isOnlyThePlace(item, refused, ids)) ? refusals : [];
    if (first === undefined) return [];
    const { at, truth } = first.end;
    const what = item === null ? `\`${route}\`` : `\`${route}\` for ${item}`;
    return [
      {
        atMs: at,
        accounts: new Set([owner, ...accountsOf(run, owner)]),
        names: new Set(item === null ? [] : [item, ...(together.get(item) ?? [])]),
        toALimit: false,
        message: `At ${formatMoment(at)} ${owner} refused ${what} (${truth}), and it was never done.`,
        evidence: refusals.map(({ end }) => end.seq),
      },
    ];
  });
}

// What is added to an object is told by its own names: the row that a sheet did not take, not the sheet.
function isOnlyThePlace(item: string | null, refused: Refused, ids: ReadonlySet<string>): boolean {
  const added: ReadonlySet<string | null> = idsIn(scalarsOf(refused.opened.body), ids);
  return added.size > 0 && !added.has(item);
}

// A request without a known token is its service’s, and may have been meant for any account there.
function accountsOf(run: Ledger, owner: string): string[] {
  return run.world.accounts.filter(({ service }) => service === owner).map(({ id }) => id);
}

function lostCells(run: Ledger, twin: Ledger): LostWork[] {
  const { missingRows, pairs } = twinLoss(run, twin);
  const words = lastWords(attemptsOf(run));
  const told = valuesByAccount(twin);
  const lost = (row: Sink, missing: readonly string[], written: Sink | null): LostWork => {
    const values = Object.entries(row.cells)
      .filter(([column]) => missing.includes(column))
      .map(([, value]) => normal(value));
    const sources = [...told].filter(([, known]) => values.some((value) => known.has(value)));
    const accounts = new Set(sources.map(([account]) => account));
    if (written === null) accounts.add(row.account);
    const byMs = written?.at ?? row.at + 1000;
    const cause = lastRefusal(words, accounts, byMs);
    return {
      atMs: row.at,
      accounts,
      names: new Set(Object.values(row.cells).map((cell) => cell.trim())),
      toALimit: cause === null && [...accounts].some((account) => isLimit(words(account, byMs))),
      message: `${sayMissing(row, missing, written)}${sayCause(cause)}`,
      evidence: [cause?.end.seq, written?.seq].filter((seq) => seq !== undefined),
    };
  };
  return [
    ...missingRows.map((row) => lost(row, filledColumns(row), null)),
    ...pairs
      .filter(({ missing }) => missing.length > 0)
      .map((pair) => lost(pair.twin, pair.missing, pair.run)),
  ];
}

const filledColumns = ({ cells }: Sink) =>
  Object.entries(cells)
    .filter(([, value]) => value.trim() !== '')
    .map(([column]) => column);

// The refusal that explains a loss is the last word of a needed account before the row was, or should have been, written.
function lastRefusal(words: LastWords, accounts: ReadonlySet<string>, byMs: number): Refused | null {
  const last = [...accounts].flatMap((account) => words(account, byMs) ?? []);
  return inOrderOfAnswer(last.filter(isRefused)).at(-1) ?? null;
}

const isLimit = (answer: Answered | null) =>
  answer !== null && (answer.end.truth === 'rate-limited' || answer.end.status === 429);

/** The last answer that an account gave up to a moment. */
type LastWords = (account: string, byMs: number) => Answered | null;

function lastWords(attempts: readonly Attempt[]): LastWords {
  const byOwner = Map.groupBy(inOrderOfAnswer(attempts.filter(isAnswered)), ownerOf);
  return (account, byMs) => {
    const answers = byOwner.get(account) ?? [];
    // The number of answers up to the moment, by halving.
    let count = 0;
    let beyond = answers.length;
    while (count < beyond) {
      const middle = (count + beyond) >> 1;
      if ((answers[middle]?.end.at ?? 0) <= byMs) count = middle + 1;
      else beyond = middle;
    }
    return answers[count - 1] ?? null;
  };
}

function sayMissing(row: Sink, missing: readonly string[], written: Sink | null): string {
  const name = nameOf(row);
  return written === null
    ? `The row ${name}, which the healthy twin wrote at ${formatMoment(row.at)}, is not in ${row.place}.`
    : `The row ${name}, written at ${formatMoment(written.at)}, lacks ${missing.join(', ')}, which the healthy twin filled.`;
}

function sayCause(cause: Refused | null): string {
  if (cause === null) return '';
  const { at, truth } = cause.end;
  return ` Before that, at ${formatMoment(at)}, ${ownerOf(cause)} refused \`${cause.opened.route}\` (${truth}).`;
}

/** How a row is called in a sentence: its first two cells. */
export function nameOf({ cells }: Sink): string {
  return Object.entries(cells)
    .slice(0, 2)
    .map(([column, value]) => `${column} ${value}`)
    .join(', ');
}
