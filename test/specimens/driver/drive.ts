// An agent that drives a command-line tool: it heals what the tool says can be healed, once, and tells on what it cannot.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Claim, ErrorObject } from '../../../harness/entry.ts';

interface World {
  readonly start: string;
  readonly until: string;
  readonly accounts: readonly { readonly id: string }[];
  readonly job: {
    readonly tool: readonly string[];
    readonly everyMs: number;
    readonly tasks: readonly (readonly string[])[];
  };
}

/** How a run of the tool came back. */
export interface Answer {
  readonly exitCode: number;
  /** Null where the tool printed none. */
  readonly error: ErrorObject | null;
}

/** What can be sick about such an agent. */
export interface Habits {
  /** How often one task may be tried in all. */
  readonly tries: number;
  /** What is run before the next try; null = it would not help. */
  wayOut(answer: Answer): readonly string[] | null;
  /** Whether a try after a refusal needs a way out. */
  readonly heals: boolean;
  /** How a refusal is told on, and with which exit code. */
  tell(answer: Answer): { readonly error: ErrorObject; readonly exitCode: number };
}

const EXPIRY_CODES: readonly string[] = ['CREDENTIALS_EXPIRED', 'AUTH_EXPIRED', 'TOKEN_EXPIRED'];
const PAUSE_MS = 2000;

/** Whether the tool says that its credential is over: by its code, or by an end that has passed. */
export const saysOver = ({ error }: Answer): boolean =>
  EXPIRY_CODES.includes(error?.code ?? '') || Date.parse(error?.expired_at ?? '') <= Date.now();

/** Healthy in all. */
export const HEALTHY: Habits = {
  tries: 2,
  heals: true,
  wayOut: (answer) => (saysOver(answer) ? (answer.error?.reauth_command?.split(' ') ?? null) : null),
  tell: (answer) => {
    const {
      code = 'UNKNOWN',
      message = 'The tool printed no error object.',
      expired_at,
    } = answer.error ?? {};
    if (!saysOver(answer)) return { error: { code, message, retryable: false }, exitCode: denialExit(code) };
    const end = expired_at === undefined ? {} : { expired_at };
    return {
      error: { code: 'CREDENTIALS_EXPIRED', message, expired: true, ...end, retryable: true },
      exitCode: 10,
    };
  },
};

const DENIALS: readonly string[] = ['PERMISSION_DENIED', 'FORBIDDEN', 'UNAUTHORIZED'];
const denialExit = (code: string) => (DENIALS.includes(code) ? 8 : 1);

/** Does the job of the world file, prints the claim, and sets the exit code. */
export async function drive(spoiled: Partial<Habits> = {}): Promise<void> {
  const habits = { ...HEALTHY, ...spoiled };
  const world = JSON.parse(readFileSync(process.env.HOUR4_WORLD ?? '', 'utf8')) as World;
  const { job, start, until } = world;
  const account = world.accounts[0]?.id ?? '';
  const startMs = Date.parse(start);
  const rounds = Math.floor((Date.parse(until) - startMs) / job.everyMs);
  for (let round = 1; round <= rounds; round++) {
    await sleep(Math.max(0, startMs + round * job.everyMs - Date.now()));
    for (const task of job.tasks) {
      const answer = await perform([...job.tool, ...task], habits);
      if (answer.exitCode === 0) continue;
      const { error, exitCode } = habits.tell(answer);
      const reason = `${task.join(' ')} failed: ${error.message}`;
      console.error(`${account}: ${reason}`);
      end({ status: 'partial', skipped: [{ account, reason }], error }, exitCode);
      return;
    }
  }
  end({ status: 'completed' }, 0);
}

async function perform(argv: readonly string[], { tries, heals, wayOut }: Habits): Promise<Answer> {
  let answer = await run(argv);
  for (let tried = 1; tried < tries && answer.exitCode !== 0; tried++) {
    const command = wayOut(answer);
    if (heals && (command === null || (await run(command)).exitCode !== 0)) return answer;
    if (!heals) await sleep(PAUSE_MS);
    answer = await run(argv);
  }
  return answer;
}

function run([command = '', ...args]: readonly string[]): Promise<Answer> {
  return new Promise((resolve) => {
    execFile(command, args, (failure, stdout) => {
      const exitCode = failure === null ? 0 : typeof failure.code === 'number' ? failure.code : -1;
      resolve({ exitCode, error: errorIn(stdout) });
    });
  });
}

function errorIn(stdout: string): ErrorObject | null {
  try {
    return (JSON.parse(stdout) as { error?: ErrorObject }).error ?? null;
  } catch {
    return null;
  }
}

function end(claim: Claim, exitCode: number): void {
  console.log(JSON.stringify(claim));
  process.exitCode = exitCode;
}
