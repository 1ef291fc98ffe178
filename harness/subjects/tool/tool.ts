// A tool in a world: started once for each step of the story, and never told which step it is.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Ending } from '../../check.ts';
import { expand } from '../../config/template.ts';
import { entriesOf } from '../../ledger.ts';
import { variablesOf } from '../program.ts';
import type { SubjectOutcome, SubjectRun } from '../subject.ts';
import { prepareFolders } from '../supervise.ts';
import { writtenFiles } from '../written-files.ts';
import { type CallOutcome, callTool, PARTY } from './call.ts';
import {
  expiredCredential,
  firstCredential,
  forgedCredential,
  freshCredential,
  type Held,
} from './credentials.ts';
import { reauthArgv } from './reauth.ts';
import type { ToolStep, ToolUse } from './steps.ts';

/** What the steps before have left. */
interface Session {
  readonly options: SubjectRun;
  readonly use: ToolUse;
  readonly run: readonly string[];
  /** The credential in the variables. */
  held: Held;
  readonly calls: { readonly step: ToolStep; readonly outcome: CallOutcome }[];
}

/** One start of the program, or why a step cannot be arranged. */
type Start =
  | {
      readonly argv: readonly string[];
      /** The same as it goes on record: folders differ between machines. */
      readonly told: readonly string[];
      readonly env?: Readonly<Record<string, string>>;
    }
  | { readonly skip: string };

/** Drives a tool through the steps of a story. */
export async function runTool(options: SubjectRun): Promise<SubjectOutcome> {
  const { clock, world, folders, program } = options;
  const { start } = program;
  const use = options.subject.tool;
  if (use === undefined || !('run' in start)) throw new Error('a tool is a program with a call');
  await prepareFolders(options);
  const startedAtMs = Date.now();
  const session: Session = {
    options,
    use,
    run: start.run.map((word) => expand(word, world.accounts, folders.store)),
    held: firstCredential(options, use.service),
    calls: [],
  };
  try {
    for (const step of options.scenario.tool ?? []) {
      for (const one of await startsOf(session, step)) await take(session, step, one);
    }
    await removeFiles(session);
    for (const text of await writtenFiles(program.cwd, folders, startedAtMs))
      world.capture(PARTY, 'file', text);
    return outcomeOf(session, clock.mode !== 'exact' || clock.attached(PARTY));
  } finally {
    await rm(folders.root, { recursive: true, force: true, maxRetries: 3 });
  }
}

// Addresses are the same in every step; what differs is in variables and files.
function startWith({ options, run, use }: Session, words: readonly string[]): Start {
  const { world, folders } = options;
  const filled = words.map((word) => expand(word, world.accounts, folders.store));
  return { argv: [...run, ...filled], told: [use.name, ...words] };
}

/** Arranges a step at the server and says how the program is then started: mostly once. */
async function startsOf(session: Session, step: ToolStep): Promise<readonly Start[]> {
  const { options, use } = session;
  const { call, more, denied, notFound, rollback } = use.steps;
  const appended = (words: readonly string[]) => startWith(session, words);
  const obstacle = obstacleTo(session);
  if (obstacle !== null) return [{ skip: obstacle }];
  const { account } = session.held;
  switch (step) {
    case 'valid':
    case 'repeat':
      return [appended(call)];
    case 'expired':
    case 'dead': {
      const expired = await expiredCredential(options, session.held);
      if (expired === null) return [{ skip: `The credentials of ${use.service} have no end.` }];
      session.held = expired;
      if (step === 'dead') options.world.take({ account: account.id, act: 'revoke' });
      return [appended(call)];
    }
    case 'denied':
      session.held = freshCredential(options, account);
      options.world.take({ account: account.id, act: 'deny-by-policy' });
      return [appended(denied)];
    case 'missing-scope': {
      const lacking = freshCredential(options, account, routesOfCall(session));
      if (lacking.account.scopes.length === account.scopes.length)
        return [{ skip: 'The call needs no scope.' }];
      session.held = lacking;
      return [appended(call)];
    }
    case 'never-valid':
      session.held = forgedCredential(options, account);
      return [appended(call)];
    case 'not-found':
      if (notFound === null) return [{ skip: 'The config names no arguments for it.' }];
      session.held = freshCredential(options, account);
      return [appended(notFound)];
    case 'cascade':
      return more.length === 0 ? [{ skip: 'The config names no further commands.' }] : more.map(appended);
    case 'rollback':
      return [rollback === null ? { skip: 'The config names no rollback.' } : appended(rollback)];
    case 'env-var':
      return [envVarTry(session)];
    case 'reauth':
      return [reauthTry(session)];
  }
}

// What never worked proves nothing by failing, and who had to be ended once would have to be ended at every step.
function obstacleTo({ calls, options }: Session): string | null {
  if (options.signal.aborted) return 'The run was interrupted.';
  if (calls.some(({ outcome }) => outcome.ending?.kind === 'killed'))
    return 'The tool had to be ended in an earlier step.';
  const first = calls[0]?.outcome.returned;
  if (first === undefined || first.exitCode === 0) return null;
  const [said = ''] = first.reading.text.split('\n');
  const how = first.otherwise ?? `It exited with ${first.exitCode}: "${said}".`;
  return `The call did not succeed with a valid credential. ${how}`;
}

/** The routes that the first call has used. */
function routesOfCall({ options }: Session): readonly string[] {
  const { ledger } = options.world;
  const firstEnd = entriesOf(ledger, 'call.returned')[0]?.seq ?? 0;
  return entriesOf(ledger, 'exchange.opened').flatMap(({ seq, route }) => (seq < firstEnd ? [route] : []));
}

const lastError = ({ calls }: Session) =>
  calls.findLast(({ step }) => step !== 'env-var')?.outcome.returned.reading.error ?? null;

function envVarTry(session: Session): Start {
  const { options, use, held } = session;
  const name = lastError(session)?.reauth_env_var;
  if (name === undefined) return { skip: 'The error named no `reauth_env_var`.' };
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return { skip: `\`${name}\` is no name of a variable.` };
  const { accessToken } = freshCredential(options, held.account).account;
  return { ...startWith(session, use.steps.call), env: { [name]: accessToken } };
}

function reauthTry(session: Session): Start {
  const { options, run, use } = session;
  const command = lastError(session)?.reauth_command;
  if (command === undefined) return { skip: 'The error named no `reauth_command`.' };
  const meant = reauthArgv(command, { name: use.name, run, cwd: options.program.cwd });
  return 'argv' in meant
    ? { argv: meant.argv, told: [command] }
    : { skip: `\`${command}\` was not run. ${meant.problem}` };
}

async function take(session: Session, step: ToolStep, start: Start): Promise<void> {
  const { options, held, calls } = session;
  const { ledger } = options.world;
  if ('skip' in start) {
    ledger.append({ kind: 'call.skipped', party: PARTY, step, reason: start.skip });
    return;
  }
  const argv = start.told.map((word) => options.world.capture(PARTY, 'argv', word));
  const { token, expiresAt } = held;
  ledger.append({ kind: 'call.sent', party: PARTY, step, argv, token, expiresAt });
  await writeFiles(session);
  const env = await variablesFor(session, start.env ?? {});
  const outcome = await callTool(options, start.argv, env);
  ledger.append({ kind: 'call.returned', party: PARTY, step, ...outcome.returned });
  calls.push({ step, outcome });
}

const accountsOf = ({ options: { world }, held }: Session) =>
  world.accounts.map((account) => (account.id === held.account.id ? held.account : account));

async function writeFiles(session: Session): Promise<void> {
  const { folders } = session.options;
  for (const [path, text] of Object.entries(session.use.files)) {
    const file = join(folders.home, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, expand(text, accountsOf(session), folders.store));
  }
}

// What was put there for the tool is no leak of the tool's.
async function removeFiles({ options, use }: Session): Promise<void> {
  for (const path of Object.keys(use.files)) await rm(join(options.folders.home, path), { force: true });
}

/** The variables of a start, and a world file that says the same. */
async function variablesFor(
  session: Session,
  more: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const { options, held, use } = session;
  const { world, folders, worldFile, run, clock, programFor } = options;
  const accounts = accountsOf(session);
  await writeFile(folders.worldFile, `${JSON.stringify({ ...worldFile, accounts }, null, 2)}\n`);
  const place = { folders, seed: worldFile.seed, run };
  const { eventsUrl, webhookSecrets } = world;
  const env = {
    ...variablesOf(programFor(accounts), { accounts, eventsUrl, webhookSecrets }, place),
    ...(use.tokenEnv === null ? {} : { [use.tokenEnv]: held.account.accessToken }),
    ...more,
  };
  return { ...env, ...clock.envFor(PARTY, env) };
}

// The first end that was none of the tool's own stands for the whole.
function outcomeOf({ calls }: Session, clockVerified: boolean): SubjectOutcome {
  const endings = calls.flatMap(({ outcome }) => outcome.ending ?? []);
  const ending: Ending = endings.find(({ kind }) => kind !== 'exited') ?? { kind: 'exited', code: 0 };
  const all = (stream: 'stdout' | 'stderr') => calls.map(({ outcome }) => outcome.printed[stream]).join('');
  const log = calls.map(({ step, outcome }) => `--- ${step}\n${outcome.log}`).join('');
  return {
    ending,
    claim: null,
    printed: { stdout: all('stdout'), stderr: all('stderr') },
    logs: { [PARTY]: log },
    clockVerified,
  };
}
