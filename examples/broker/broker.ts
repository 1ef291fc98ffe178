// A credential broker: holds accounts' tokens and calls on their behalf. Every replica runs the same; the store is shared.

import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, endOf, type Kept, renewalOf } from './account.ts';
import { type Logged, openAudit } from './audit.ts';
import { openBarred } from './barred.ts';
import { type Call, createCall } from './call.ts';
import { createEvents } from './events.ts';
import { subjectOf } from './identity.ts';
import { startKeeper } from './keeper.ts';
import { createRefresher } from './refresh.ts';
import { openStore, type Store } from './store.ts';
import { Trouble } from './trouble.ts';
import { type Message, TELLERS, whoIs } from './webhooks.ts';

export interface Broker {
  /** Takes an account over, or its new consent. */
  connect(account: Account): Promise<void>;
  readonly call: Call;
  token(id: string): Promise<{ readonly accessToken: string; readonly expiresAt: string | null }>;
  status(id: string): { readonly status: 'active' | 'expiring' | 'expired' | 'reauth_required' };
  audit(): Logged[];
  /** Takes a service's message, if it is one: then the grants that it tells of are over. */
  hear(service: string, message: Message): Promise<boolean>;
  close(): void;
}

export interface Settings {
  /** The folder that all replicas share. */
  readonly store: string;
  /** What tells this replica from the others, the same over restarts. */
  readonly replica: string;
  readonly eventsUrl: string | undefined;
  /** Whether this is a build machine, where nobody's personal token has any business. */
  readonly ci: boolean;
  /** What each service signs its webhooks with. */
  webhookSecret(service: string): string | undefined;
}

/** How long a look at somebody else's claim waits for the next. */
const LOOK_EVERY_MS = 200;
const EXPIRING_MS = 60_000;

export function openBroker({ store: root, replica, eventsUrl, ci, webhookSecret }: Settings): Broker {
  const store = openStore(root, replica);
  const audit = openAudit(root, replica);
  const barred = openBarred(root);
  const events = createEvents(store, eventsUrl);
  const refresher = createRefresher(store, replica, events);
  const stopKeeper = startKeeper(store, replica, refresher, events);

  return {
    connect: async (account) => {
      const subject = await subjectOf(account, audit);
      const again = await keep(store, replica, account, subject);
      barred.forget(account.id);
      if (again) await events.deliver(account.id);
    },
    call: createCall(store, refresher, barred, audit),
    token: async (id) => {
      let kept = mustBeKnown(store, id);
      if (ci && kept.account.owner === 'personal')
        throw new Trouble(
          'PERSONAL_IN_CI',
          `${id} is somebody's own account: give the build one of its own.`,
        );
      if (endOf(kept.account) - Date.now() < EXPIRING_MS)
        kept = await refresher.replace(id, kept.account.accessToken);
      const { accessToken, expiresAt } = kept.account;
      return { accessToken, expiresAt };
    },
    status: (id) => {
      const { account, ended } = mustBeKnown(store, id);
      if (ended !== null) return { status: 'reauth_required' };
      const leftMs = endOf(account) - Date.now();
      return { status: leftMs <= 0 ? 'expired' : leftMs < EXPIRING_MS ? 'expiring' : 'active' };
    },
    audit: audit.all,
    hear: async (service, message) => {
      const own = store.ids().flatMap((id) => store.read(id).kept ?? []);
      const served = own.filter(({ account }) => account.service === service);
      const teller = TELLERS[service];
      const secret = webhookSecret(service);
      if (teller === undefined || secret === undefined || served[0] === undefined) return false;
      const { apiUrl, clientId } = served[0].account;
      if (!(await teller.isSigned(message, { secret, apiUrl, clientId }))) return false;
      const users = teller.ended(message);
      const tokens = teller.endedTokens?.(message) ?? [];
      const theirs = served.filter(
        ({ user, account: { refreshToken } }) =>
          (user !== null && users.includes(user)) || tokens.some((token) => refreshToken?.startsWith(token)),
      );
      await Promise.all(theirs.map(({ account, consents }) => refresher.end(account.id, consents)));
      return true;
    },
    close: stopKeeper,
  };
}

// A consent comes after whatever somebody is doing with the old tokens, and replaces it.
async function keep(
  store: Store,
  replica: string,
  account: Account,
  subject: string | null,
): Promise<boolean> {
  const user = await whoIs(account);
  for (;;) {
    const { number, kept } = store.read(account.id);
    mustBeTheSame(account, kept?.subject ?? subject, subject);
    const claim = store.claim(account.id, number);
    if (claim === null) {
      await sleep(LOOK_EVERY_MS);
      continue;
    }
    const consents = (kept?.consents ?? 0) + 1;
    const receivedAtMs = Date.now();
    const renewAtMs = renewalOf(account.expiresAt, receivedAtMs);
    const tokens = { account, subject, receivedAtMs, renewAtMs, keeper: replica };
    claim.write({ ...tokens, ended: null, told: kept === null, consents, user });
    claim.release();
    return kept !== null;
  }
}

// The link may have landed with a colleague, or in a browser where somebody else was signed in.
function mustBeTheSame({ id }: Account, before: string | null, now: string | null): void {
  if (before === now) return;
  throw new Trouble(
    'WRONG_IDENTITY',
    `The new consent for ${id} was given by ${now}, and ${before} owns it: its owner must sign in.`,
  );
}

function mustBeKnown(store: Store, id: string): Kept {
  const { kept } = store.read(id);
  if (kept === null) throw new Trouble('NOT_FOUND', `There is no account ${id}.`);
  return kept;
}
