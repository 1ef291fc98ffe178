// Healthy in another style: tokens renewed by timers, one call after the other, the sheet itself as its memory, rows only
// when they are whole, and what is missing named by account instead of item by item.

import type { Claim } from '../../../harness/entry.ts';
import { connect } from './connection.ts';
import { Refused } from './habits.ts';
import { append, readRows } from './services.ts';
import { openSession, type Session } from './session.ts';
import { type Overnight, readWorld } from './world.ts';

type Changed = { results: { id: string; properties: Record<string, string> }[]; paging?: Next };
type Next = { next: { after: string } };

export default async (env: NodeJS.ProcessEnv): Promise<Claim> => {
  const world = readWorld<Overnight>(env);
  const { accounts, job, start, until } = world;
  const sessions = accounts.map((account) => openSession(connect(account, world), world));
  const [hubspot, salesforce, google] = [job.deals, job.enrich, job.sheet].map(({ account }) =>
    sessions.find(({ id }) => id === account),
  ) as [Session, Session, Session];
  const startMs = Date.parse(start);
  let rows = 0;

  const changedSince = async (sinceMs: number, after?: string): Promise<Changed['results']> => {
    const filters = [{ propertyName: 'hs_lastmodifieddate', operator: 'GTE', value: String(sinceMs) }];
    const properties = ['dealname', 'amount', 'hs_lastmodifieddate', job.deals.linkProperty];
    const search = { filterGroups: [{ filters }], properties, limit: 100, ...(after && { after }) };
    const page = (await hubspot.call('POST', '/crm/v3/objects/deals/search', search)) as Changed;
    const rest = page.paging === undefined ? [] : await changedSince(sinceMs, page.paging.next.after);
    return [...page.results, ...rest];
  };
  const report = async (sinceMs: number) => {
    const changed = await changedSince(sinceMs);
    if (changed.length === 0) return;
    const there = new Set((await readRows(google.call, job.sheet)).map(([id, , , at]) => `${id} ${at}`));
    for (const { id, properties: deal } of changed) {
      if (there.has(`${id} ${deal.hs_lastmodifieddate}`)) continue;
      const linked = deal[job.deals.linkProperty] ?? '';
      const path = `/services/data/v60.0/sobjects/${job.enrich.object}/${linked}`;
      const company = (await salesforce.call('GET', path)) as Record<string, string>;
      const cells = [id, deal.dealname, deal.amount, deal.hs_lastmodifieddate, linked].map(String);
      await append(google.call, job.sheet, [
        [...cells, ...job.enrich.fields.map((field) => company[field] ?? '')],
      ]);
      rows++;
    }
  };

  let doneMs = startMs;
  const lastMs = startMs + Math.floor((Date.parse(until) - startMs) / job.everyMs) * job.everyMs;
  let missing = world.resume;
  for (let boundaryMs = startMs; boundaryMs <= lastMs; boundaryMs += job.everyMs) {
    if (boundaryMs === startMs || boundaryMs + job.everyMs <= Date.now()) continue;
    await new Promise((wake) => setTimeout(wake, Math.max(0, boundaryMs - Date.now())));
    try {
      await report(doneMs);
      doneMs = boundaryMs;
      missing = false;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      missing = true;
    }
    if (hubspot.isOver()) break;
  }
  for (const session of sessions) session.stop();
  const skipped = sessions.flatMap((session) => {
    const reason = session.trouble();
    return reason === null ? [] : [{ account: session.id, reason }];
  });
  const reauth = sessions
    .filter((session) => session.isOver())
    .map(({ id }) => ({ account: id, reason: 'refused' }));
  const status = !missing && skipped.length === 0 ? 'completed' : hubspot.isOver() ? 'paused' : 'partial';
  return { status, counts: { rows }, skipped, reauth };
};
