// Acts: what people and policies do to a grant out of band. Each is an engine command, or a change to the client.

import type { Authority } from './authority.ts';
import type { Command, Effect, Grant } from './grant.ts';

/** An act with what it needs. */
export type Act =
  | { readonly act: GrantAct }
  | { readonly act: ClientAct }
  /** Leaves only these scopes. */
  | { readonly act: 'narrow-scope'; readonly scopes: readonly string[] };

/** The name of an act on the grants of an account that needs nothing more. */
export type GrantAct = keyof typeof GRANT_ACTS;
/** The name of an act on a client. */
export type ClientAct = keyof typeof CLIENT_ACTS;
/** The name of any act. */
export type ActName = Act['act'];

/** A command still without its moment. */
type Timeless<C> = C extends Command ? Omit<C, 'atMs'> : never;
/** An engine command that still waits for its moment. */
export type GrantCommand = Timeless<Command>;
interface GrantActMeaning {
  readonly title: string;
  readonly command: GrantCommand;
}
interface ClientActMeaning {
  readonly title: string;
  change(client: { secret: string | null; deleted: boolean }): void;
}

const bar = (cause: Extract<Command, { kind: 'bar' }>['bar']['cause'], from: 'use' | 'refresh' | 'both') =>
  ({ kind: 'bar', bar: { cause, from } }) as const;

/** Acts on every grant of an account. */
export const GRANT_ACTS = {
  revoke: {
    title: 'the user revokes the grant',
    command: { kind: 'revoke', cause: 'revoked-by-user' },
  },
  'revoke-by-admin': {
    title: 'an administrator revokes the grant',
    command: { kind: 'revoke', cause: 'revoked-by-admin' },
  },
  offboard: {
    title: "the user's account is deactivated",
    command: { kind: 'revoke', cause: 'offboarded' },
  },
  'delete-account': {
    title: 'the account is deleted',
    command: { kind: 'revoke', cause: 'account-deleted' },
  },
  'change-password': {
    title: 'the user changes the password',
    command: { kind: 'revoke', cause: 'password-changed' },
  },
  'withdraw-consent': {
    title: 'the consent is withdrawn',
    command: { kind: 'revoke', cause: 'consent-withdrawn' },
  },
  'end-sessions': {
    title: 'the server ends all sessions; the refresh token lives on',
    command: { kind: 'end-access', cause: 'session-ended' },
  },
  'end-refresh': {
    title: 'the server ends the refresh token; sessions live on',
    command: { kind: 'end-refresh', cause: 'revoked-by-admin' },
  },
  evict: {
    title: 'newer grants are more than the service keeps: the refresh token of this one is evicted',
    command: { kind: 'evict' },
  },
  'require-reauth': {
    title: 'a session policy demands that the user proves presence',
    command: { kind: 'end-refresh', cause: 'reauth-required' },
  },
  'restrict-ip': {
    title: "the caller's address is no longer allowed",
    command: bar('ip-restricted', 'both'),
  },
  'restrict-session': {
    title: 'a session policy bars this kind of session',
    command: bar('session-policy', 'use'),
  },
  'disable-api': {
    title: 'the user loses the right to use the API',
    command: bar('api-disabled', 'use'),
  },
  'disable-api-for-org': {
    title: "the organisation's edition loses the API",
    command: bar('org-without-api', 'use'),
  },
  'restrict-service': {
    title: 'an administrator restricts the service',
    command: bar('service-restricted', 'both'),
  },
  'deny-by-policy': {
    title: "the server's policy denies every call of this user, with a live token",
    command: bar('denied-by-policy', 'use'),
  },
  'lift-restrictions': {
    title: 'all that was restricted, disabled or denied is allowed again',
    command: { kind: 'unbar', cause: null },
  },
} as const satisfies Record<string, GrantActMeaning>;

/** Acts on the client, whichever account is named. */
export const CLIENT_ACTS = {
  'rotate-client-secret': {
    title: "the client's secret is rotated",
    // A public client has no secret that could change.
    change: (client) => {
      if (client.secret !== null) client.secret = `${client.secret}-rotated`;
    },
  },
  'delete-client': {
    title: 'the client is deleted',
    change: (client) => {
      client.deleted = true;
    },
  },
} as const satisfies Record<string, ClientActMeaning>;

/** The names of all acts. */
export const ACT_NAMES: readonly ActName[] = [
  ...(Object.keys(GRANT_ACTS) as GrantAct[]),
  ...(Object.keys(CLIENT_ACTS) as ClientAct[]),
  'narrow-scope',
];

/** What becomes of a grant; null = it is let be. */
type CommandFor = (grant: Grant) => GrantCommand | null;

/** What a service does on an act: in place of the usual command, or to every grant of a client, beside the change to it. */
export type ActOverrides = Readonly<Partial<Record<GrantAct | ClientAct, CommandFor>>>;

/** Carries out an act on an account and says what it did to tokens. */
export function perform(
  authority: Authority,
  overrides: ActOverrides,
  accountId: string,
  act: Act,
  atMs: number,
): readonly Effect[] {
  if (isClientAct(act)) {
    const clientIds = new Set(authority.grantsOf(accountId).map((grant) => grant.clientId));
    return [...clientIds].flatMap((clientId) => {
      const client = authority.clients.get(clientId);
      if (client !== undefined) CLIENT_ACTS[act.act].change(client);
      const override = overrides[act.act];
      return override === undefined
        ? []
        : carryOut(authority, authority.grantsOfClient(clientId), override, atMs);
    });
  }
  const grants = authority.grantsOf(accountId);
  return carryOut(authority, grants, (grant) => commandOf(act, overrides, grant), atMs);
}

function carryOut(
  authority: Authority,
  grants: readonly Grant[],
  commandFor: CommandFor,
  atMs: number,
): readonly Effect[] {
  return grants.flatMap((grant) => {
    const command = commandFor(grant);
    return command === null ? [] : authority.apply(grant.id, { ...command, atMs } as Command).effects;
  });
}

function commandOf(
  act: Exclude<Act, { readonly act: ClientAct }>,
  overrides: ActOverrides,
  grant: Grant,
): GrantCommand | null {
  if (act.act === 'narrow-scope') return { kind: 'narrow-scope', scopes: act.scopes };
  const override = overrides[act.act];
  return override === undefined ? GRANT_ACTS[act.act].command : override(grant);
}

function isClientAct(act: Act): act is { readonly act: ClientAct } {
  return act.act in CLIENT_ACTS;
}
