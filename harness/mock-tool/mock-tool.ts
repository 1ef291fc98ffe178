// A mock tool of challenge 53, for testing agents: it talks to the `plain` service and fails at a chosen level.

import type { Behaviour } from './behaviour.ts';
import { type Credential, credentialIn, keepCredential } from './credential.ts';
import { type Answered, COMMAND_NAMES, isOver, refresh, send, type Wanted, wantedBy } from './requests.ts';
import { type Speech, speechFor, speechForDeadGrant, speechForReauth } from './speech.ts';

/** What a run of the mock tool is given. */
export interface MockToolRun {
  /** Its own arguments, e.g. `['item', 'item-1']`, or `['auth', 'refresh']`. */
  readonly args: readonly string[];
  /** Its variables: HOUR4_PLAIN_* and HOUR4_STORE as every subject finds them. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly behaviour: Behaviour;
  /** The wall clock, in epoch ms. */
  readonly nowMs: () => number;
}

/**
 * Runs the mock tool once. Prints nothing itself and never throws for what the service does.
 * @returns what it says and how it exits
 */
export async function mockTool({ args, env, behaviour, nowMs }: MockToolRun): Promise<Speech> {
  const credential = credentialIn(env, behaviour.tokenEnv);
  if (args[0] === 'auth' && args[1] === 'refresh')
    return speechForReauth(await reauthorize(env, behaviour, credential, nowMs), behaviour);
  const wanted = wantedBy(args);
  if (wanted === null) {
    const why = `There is no command "${args.join(' ')}"; there are ${COMMAND_NAMES.join(', ')}.`;
    return { stdout: '', stderr: `${why}\n`, exitCode: 2 };
  }
  const first = await attempt(wanted, credential);
  if (!behaviour.heals || first.kind !== 'expired') return speechFor(first, behaviour, nowMs());
  if (!(await reauthorize(env, behaviour, credential, nowMs))) return speechForDeadGrant(behaviour);
  return speechFor(await attempt(wanted, credentialIn(env, behaviour.tokenEnv)), behaviour, nowMs());

  // From level 2 on it knows the end of its credential, and need not ask for what it knows.
  async function attempt(request: Wanted, held: Credential): Promise<Answered> {
    return behaviour.level >= 2 && behaviour.looksFirst && isOver(held, nowMs())
      ? { kind: 'expired', endedAtMs: held.expiresAtMs }
      : send(env.HOUR4_PLAIN_API ?? '', request, held, nowMs);
  }
}

async function reauthorize(
  env: MockToolRun['env'],
  { reauth, tokenEnv }: Behaviour,
  { refreshToken }: Credential,
  nowMs: () => number,
): Promise<boolean> {
  if (reauth === 'lies') return true;
  if (reauth !== 'works' || refreshToken === null) return false;
  const renewed = await refresh(env, refreshToken, nowMs);
  if (renewed !== null) keepCredential(env, tokenEnv, renewed);
  return renewed !== null;
}
