// The overnight job as a healthy agent does it, with its habits open to be spoiled one at a time.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Claim } from '../../../harness/entry.ts';
import { type Client, client, connect } from './client.ts';
import { type Habits, HEALTHY, Refused } from './habits.ts';
import { append, changedDeals, type Deal, readCompany } from './services.ts';
import { readWorld, type World } from './world.ts';

type Clients = [Client, Client, Client];
type Skipped = NonNullable<Claim['skipped']>[number];

/** An agent with these habits, and the healthy ones where nothing is said. */
export function agent(spoiled: Partial<Habits> = {}) {
  return (env: NodeJS.ProcessEnv): Promise<Claim> =>
    workThroughTheNight(readWorld(env), { ...HEALTHY, ...spoiled });
}

async function workThroughTheNight(world: World, habits: Habits): Promise<Claim> {
  const { deals, enrich, sheet, everyMs } = world.job;
  const connections = world.accounts.map(connect);
  const clientOf = (id: string) => {
    const connection = connections.find(({ account }) => account.id === id);
    if (connection === undefined) throw new Error(`no account ${id}`);
    return client(connection, world, habits);
  };
  const [hubspot, salesforce, google] = [deals, enrich, sheet].map(({ account }) =>
    clientOf(account),
  ) as Clients;

  const skipped: Skipped[] = [];
  const companies = new Map<string, readonly string[]>();
  let waiting: string[][] = [];
  let rows = 0;
  let sinceMs = Date.parse(world.start);
  let unread: Skipped | null = null;
  let unwritten = '';

  const search = async (boundaryMs: number): Promise<Deal[]> => {
    try {
      // Small and large deals are searched side by side.
      const sizes = ['LT', 'GTE'] as const;
      const found = await Promise.all(
        sizes.map((size) => changedDeals(hubspot, deals.linkProperty, sinceMs, size)),
      );
      sinceMs = boundaryMs;
      unread = null;
      return found.flat();
    } catch (error) {
      unread = { account: deals.account, reason: reasonOf(error) };
      return [];
    }
  };
  const enriched = async (deal: Deal): Promise<string[]> => {
    try {
      const fields = await readCompany(salesforce, enrich, deal.linked);
      companies.set(deal.linked, fields);
      return [...deal.cells, ...fields];
    } catch (error) {
      skipped.push({ account: enrich.account, item: deal.id, reason: reasonOf(error) });
      return [...deal.cells, ...habits.fieldsWithout(companies, enrich.fields)];
    }
  };
  const write = async () => {
    try {
      const updatedRange = await append(google, sheet, waiting);
      rows = habits.countRows(rows, waiting.length, updatedRange);
      waiting = [];
    } catch (error) {
      unwritten = reasonOf(error);
    }
  };

  const untilMs = Date.parse(world.until);
  for (let boundaryMs = sinceMs + everyMs; boundaryMs <= untilMs; boundaryMs += everyMs) {
    await sleep(Math.max(0, boundaryMs - Date.now()));
    const changed = await search(boundaryMs);
    waiting.push(...(await Promise.all(changed.map(enriched))));
    if (waiting.length > 0) await write();
  }
  await habits.leave(connections);

  if (unread !== null) skipped.push(unread);
  for (const [item = ''] of waiting) skipped.push({ account: sheet.account, item, reason: unwritten });
  const dead = connections.filter(({ asked }) => asked);
  const reauth = dead.map(({ account, dead }) => ({ account: account.id, reason: dead ?? 'refused' }));
  const silent = skipped.length === 0 || !habits.admits();
  return habits.say({
    status: silent ? 'completed' : 'partial',
    counts: { rows },
    skipped: silent ? [] : skipped,
    reauth: silent ? [] : reauth,
  });
}

// Only a refusal is work to be named; anything else is a mistake in this program.
function reasonOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  throw error;
}
