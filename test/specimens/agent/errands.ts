// A job of one's own, in one service: the same call in each round, or one that is waited for. Healthy.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Claim } from '../../../harness/entry.ts';
import { client } from './client.ts';
import { connect } from './connection.ts';
import { type Habits, HEALTHY, Refused } from './habits.ts';
import { readWorld, type World } from './world.ts';

/** The job in the config. */
export interface Errands {
  readonly everyMs: number;
  /** What is called; `{round}` in its body stands for the number of the round. */
  readonly call: { readonly path: string; readonly body: Readonly<Record<string, unknown>> };
  /** Where its end is asked for, with `{id}` for what the call has begun; absent = each round calls anew. */
  readonly waitAt?: string;
}

/** An agent with these habits, and the healthy ones where nothing is said. */
export function errands(spoiled: Partial<Habits> = {}) {
  return (env: NodeJS.ProcessEnv): Promise<Claim> => run(readWorld<Errands>(env), { ...HEALTHY, ...spoiled });
}

async function run(world: World<Errands>, habits: Habits): Promise<Claim> {
  const { job, start, until } = world;
  const [account] = world.accounts;
  if (account === undefined) throw new Error('there is no account');
  const connection = connect(account, world);
  const call = client(connection, world, habits);
  const skipped: { account: string; reason: string }[] = [];
  const attempt = async (method: 'GET' | 'POST', path: string, body?: object) => {
    try {
      const answer = (await call(method, path, body, 'once')) as Record<string, unknown>;
      const refusal = habits.readsBodies() ? refusalIn(answer) : null;
      if (refusal !== null) throw new Refused(refusal);
      return answer;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      skipped.push({ account: account.id, reason: error.message });
      return null;
    }
  };
  const at = (ms: number) => sleep(Math.max(0, ms - Date.now()));
  const post = (round: number) =>
    attempt(
      'POST',
      job.call.path,
      JSON.parse(JSON.stringify(job.call.body).replace('{round}', String(round))),
    );

  const startMs = Date.parse(start);
  const rounds = Math.floor((Date.parse(until) - startMs) / job.everyMs);
  let begun: unknown = null;
  for (let round = 1; round <= rounds && skipped.length === 0; round++) {
    await at(startMs + round * job.everyMs);
    if (begun === null || job.waitAt === undefined) begun = (await post(round))?.id ?? null;
    else {
      const state = await attempt('GET', job.waitAt.replace('{id}', String(begun)));
      if (state?.status === 'done') break;
    }
  }
  for (const { reason } of skipped) console.error(`${account.id}: ${reason}`);
  const asked = connection.asked ? [{ account: account.id, reason: connection.dead ?? 'refused' }] : [];
  return { status: skipped.length === 0 ? 'completed' : 'partial', skipped, reauth: asked };
}

// Slack says no in `error`, GraphQL in `errors`.
function refusalIn({ ok, error, errors }: Record<string, unknown>): string | null {
  if (errors !== undefined) return JSON.stringify(errors);
  return ok === false ? String(error) : null;
}

export default errands();
