// Arranges each step at the server, and says how the program is then started.

import { expand } from '../../config/template.ts';
import { entriesOf } from '../../ledger.ts';
import { expiredCredential, forgedCredential, freshCredential } from './credentials.ts';
import { reauthArgv } from './reauth.ts';
import type { Session, Start } from './session.ts';
import type { ToolStep } from './steps.ts';

/** Arranges a step at the server and says how the program is then started: mostly once. */
export async function startsOf(session: Session, step: ToolStep): Promise<readonly Start[]> {
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

// Addresses are the same in every step; what differs is in variables and files.
function startWith({ options, run, use }: Session, words: readonly string[]): Start {
  const { world, folders } = options;
  const filled = words.map((word) => expand(word, world.accounts, folders.store));
  return { argv: [...run, ...filled], told: [use.name, ...words] };
}
