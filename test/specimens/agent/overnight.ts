// The overnight job as a healthy agent does it, with its habits open to be spoiled one at a time.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Claim } from '../../../harness/entry.ts';
import { client } from './client.ts';
import { connect } from './connection.ts';
import { type Habits, HEALTHY, Lost, Refused } from './habits.ts';
import { append, changedDeals, type Deal, readCompany, readRows } from './services.ts';
import { load, save } from './store.ts';
import { type Overnight, readWorld, type World } from './world.ts';

type Skipped = NonNullable<Claim['skipped']>[number];

/** How far the job is: kept before anything is sent that a later start must know of. */
interface Progress {
  /** The boundary up to which changes were read. */
  readonly sinceMs: number;
  /** The changes that are on their way into the sheet, or there. */
  readonly seen: readonly string[];
  /** Rows that are not surely in the sheet. */
  readonly waiting: readonly (readonly string[])[];
  /** Whether some of them may be there all the same. */
  readonly unsure: boolean;
  readonly rows: number;
  readonly skipped: readonly Skipped[];
}

/** An agent with these habits, and the healthy ones where nothing is said; `open` makes the calls of an account. */
export function agent(spoiled: Partial<Habits> = {}, open: typeof client = client) {
  return (env: NodeJS.ProcessEnv): Promise<Claim> =>
    workThroughTheNight(readWorld<Overnight>(env), { ...HEALTHY, ...spoiled }, open);
}

async function workThroughTheNight(
  world: World<Overnight>,
  habits: Habits,
  open: typeof client,
): Promise<Claim> {
  const { deals, enrich, sheet, everyMs } = world.job;
  const connections = world.accounts.map((account) => connect(account, world));
  const connectionOf = (id: string) => {
    const connection = connections.find(({ account }) => account.id === id);
    if (connection === undefined) throw new Error(`no account ${id}`);
    return connection;
  };
  const source = connectionOf(deals.account);
  const hubspot = open(source, world, habits);
  const salesforce = open(connectionOf(enrich.account), world, habits);
  const google = open(connectionOf(sheet.account), world, habits);

  const startMs = Date.parse(world.start);
  const untilMs = Date.parse(world.until);
  const fresh: Progress = { sinceMs: startMs, seen: [], waiting: [], unsure: false, rows: 0, skipped: [] };
  let progress = load<Progress>(world, 'progress') ?? fresh;
  const proceed = (change: Partial<Progress>) => {
    progress = { ...progress, ...change };
    save(world, 'progress', progress);
  };
  // Whoever is started again does not know what became of the rows that were on their way.
  if (world.resume && progress.waiting.length > 0) proceed({ unsure: true });
  const companies = new Map<string, readonly string[]>();
  let unread: Skipped | null = null;
  let unwritten = 'there was no time to write it';

  const readChanges = async (boundaryMs: number) => {
    try {
      // Small and large deals are searched side by side.
      const sizes = ['LT', 'GTE'] as const;
      const found = await allOf(
        sizes.map((size) => changedDeals(hubspot, deals.linkProperty, progress.sinceMs, size)),
      );
      const isNew = (deal: Deal) => !progress.seen.includes(changeOf(deal.cells));
      const rows = await allOf(found.flat().filter(isNew).map(enriched));
      unread = null;
      proceed({
        sinceMs: boundaryMs,
        seen: [...progress.seen, ...rows.map(({ row }) => changeOf(row))],
        waiting: [...progress.waiting, ...rows.map(({ row }) => row)],
        skipped: [...progress.skipped, ...rows.flatMap(({ skipped }) => skipped)],
      });
    } catch (error) {
      unread = { account: deals.account, reason: reasonOf(error) };
    }
  };
  const enriched = async (deal: Deal): Promise<{ row: readonly string[]; skipped: readonly Skipped[] }> => {
    try {
      const fields = await readCompany(salesforce, enrich, deal.linked);
      companies.set(deal.linked, fields);
      return { row: [...deal.cells, ...fields], skipped: [] };
    } catch (error) {
      const skipped = { account: enrich.account, item: deal.id, reason: reasonOf(error) };
      const fields = habits.fieldsWithout(companies, enrich.fields);
      return { row: [...deal.cells, ...fields], skipped: [skipped] };
    }
  };
  const write = async () => {
    try {
      if (progress.unsure && habits.looksFirst()) await lookForRows();
      const { waiting, rows } = progress;
      if (waiting.length === 0) return;
      const updatedRange = await append(google, sheet, waiting);
      proceed({ waiting: [], rows: habits.countRows(rows, waiting.length, updatedRange) });
    } catch (error) {
      if (error instanceof Lost) proceed({ unsure: true });
      unwritten = reasonOf(error);
    }
  };
  const lookForRows = async () => {
    const there = new Set((await readRows(google, sheet)).map(changeOf));
    const waiting = progress.waiting.filter((row) => !there.has(changeOf(row)));
    const found = progress.waiting.length - waiting.length;
    proceed({ waiting, unsure: false, rows: progress.rows + found });
  };

  if (progress.waiting.length > 0) await write();
  const boundaryBefore = (ms: number) => startMs + Math.floor((ms - startMs) / everyMs) * everyMs;
  // Started late, it reads in one round what it has missed.
  const nextAfter = (lastMs: number) =>
    Math.max(lastMs + everyMs, boundaryBefore(Math.min(Date.now(), untilMs)));
  for (let atMs = nextAfter(progress.sinceMs); atMs <= untilMs; atMs = nextAfter(atMs)) {
    await sleep(Math.max(0, atMs - Date.now()));
    await readChanges(atMs);
    if (progress.waiting.length > 0) await write();
    if (source.asked) break;
  }
  await habits.leave(connections);

  const { rows, waiting } = progress;
  const late = waiting.map(([item = '']) => ({ account: sheet.account, item, reason: unwritten }));
  const skipped = [...progress.skipped, ...(unread === null ? [] : [unread]), ...late];
  const asked = connections.filter((connection) => connection.asked);
  const reauth = asked.map(({ account, dead }) => ({ account: account.id, reason: dead ?? 'refused' }));
  const silent = skipped.length === 0 || !habits.admits();
  return habits.say({
    status: silent ? 'completed' : source.asked ? 'paused' : 'partial',
    counts: { rows },
    skipped: silent ? [] : skipped,
    reauth: silent ? [] : reauth,
  });
}

/** A change of a deal: its id and its moment. */
const changeOf = ([id = '', , , changedAt = '']: readonly string[]) => `${id} ${changedAt}`;

// Only a refusal is work to be named; anything else is a mistake in this program.
function reasonOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  throw error;
}

/** All of them, once none is under way any more: whoever leaves at the first failure leaves the others to themselves. */
async function allOf<Result>(works: readonly Promise<Result>[]): Promise<Result[]> {
  await Promise.allSettled(works);
  return Promise.all(works);
}
