// The world of one run: services, accounts, data, faults, acts and the ledger, driven by one clock.

import {
  type Account,
  createProvider,
  type Json,
  type Provider,
  type Request,
  type Service,
  seededRandomness,
} from '../../mocks/index.ts';
import type { WorldAccount } from '../entry.ts';
import { createLedger, type LedgerWriter } from '../ledger.ts';
import type { TimelineDeed } from '../scenario.ts';
import { createArrivals, inCanonicalOrder, open, partyOf } from './arrivals.ts';
import type { Striker } from './blows.ts';
import { createConditions } from './conditions.ts';
import { asJson, type Context, capture, type WorldOptions } from './context.ts';
import { forgeToken, type GrantWish, grantAgain } from './credentials.ts';
import { createExpiryWatch } from './expiry.ts';
import { createFaults } from './faults.ts';
import { createGates } from './gates.ts';
import { withCommonNames } from './event-names.ts';
import { createIntents, type Intent } from './intents.ts';
import { admit, hangUp } from './passage.ts';
import { recordEffects } from './recording.ts';
import { createRedactor } from './redactor.ts';
import { scheduleTimeline, take } from './timeline.ts';
import { type Listener, listen, type Receive, type Reply } from './transport.ts';

/** A running world. */
export interface World {
  readonly ledger: LedgerWriter;
  readonly accounts: readonly Account[];
  /** Where subjects POST their events. */
  readonly eventsUrl: string;
  /** Takes a request in, as the sockets do: for callers without one. It is looked at when the world is at rest. */
  receive(service: string, request: Request, reply: Reply): void;
  /** A text of the subject's without its secrets; every secret it held goes on record as a leak. */
  capture(party: string, place: string, text: string): string;
  /** Records an event that the subject raised by other means than a POST. */
  raise(party: string, event: Json): void;
  /** A broker is about to be asked for a call: what comes of it upstream is known as its account's. */
  intend(intent: Intent): void;
  /** Takes over the blows of the timeline. */
  onBlow(striker: Striker): void;
  /** Gives an account another grant: the account with its new tokens. */
  grantAgain(account: string, wish: GrantWish): Account;
  /** A well-formed access token of an account's service that nobody minted. */
  forgeToken(account: string): string;
  /** Carries out what a timeline may say, at once. */
  take(deed: TimelineDeed): void;
  close(): Promise<void>;
}

/** Sets up a world; nothing moves until its clock runs. */
export async function createWorld(options: WorldOptions): Promise<World> {
  const { clock, seed } = options;
  const randomness = seededRandomness(seed);
  const redactor = createRedactor();
  const arrivals = createArrivals();
  const epochMs = () => clock.startMs + clock.nowMs;
  const listeners: Listener[] = [];
  const listenFor = async (receive: Receive) => {
    const listener = await listen(receive, options.bodyBytes, httpDate(epochMs));
    listener.server.maxConnections = options.connections;
    clock.watchServer(listener.server);
    listeners.push(listener);
    return listener.origin;
  };

  const providers = new Map<string, Provider>();
  const receive = (service: string, request: Request, reply: Reply) => {
    const provider = providers.get(service);
    if (provider === undefined) throw new Error(`this world does not have the service "${service}"`);
    arrivals.add({ kind: 'request', provider, request, reply });
  };
  for (const service of options.services) {
    const origin = await listenFor((request, reply) => receive(service.id, request, reply));
    const data = options.data[service.id];
    const settings = data === undefined ? { origin, randomness } : { origin, randomness, data };
    providers.set(service.id, createProvider(service, settings));
  }
  const eventsOrigin = await listenFor((request, reply) => arrivals.add({ kind: 'event', request, reply }));

  const neutralNames = new Map([
    ...(options.neutralNames ?? []),
    ...[...providers].map(([id, provider]) => [provider.origin, `http://${id}`] as const),
    [eventsOrigin, 'http://events'] as const,
  ]);

  const connected = options.accounts.map(({ id, service, tenant, consentAtMs = 0 }) => {
    const provider = providers.get(service);
    if (provider === undefined)
      throw new Error(`account "${id}" is at "${service}", which this world does not have`);
    const given = provider.connect({ id, tenant, atMs: clock.startMs + consentAtMs });
    return { provider, consentAtMs, ...given };
  });
  let striker: Striker = () => {
    throw new Error('the timeline deals a blow, and nobody carries it out');
  };
  const conditions = createConditions();
  const ledger = createLedger(
    {
      kind: 'world',
      schema: 'hour4/ledger@1',
      seed,
      start: new Date(clock.startMs).toISOString(),
      mode: clock.mode,
      scenario: options.scenario,
      variant: options.variant,
      untilMs: options.untilMs,
      accounts: connected.map(({ provider, account }) => worldAccount(provider.service, account)),
    },
    () => clock.nowMs,
    conditions.see,
  );
  const counters = new Map<string, number>();
  const context: Context = {
    ...options,
    randomness,
    providers,
    faults: createFaults(),
    gates: createGates(clock, ledger),
    conditions,
    intents: createIntents(),
    strike: (blow) => striker(blow),
    ledger,
    redactor,
    watchExpiry: createExpiryWatch(clock, ledger, options.untilMs),
    neutral: neutralizer(neutralNames),
    epochMs,
    counters,
  };
  for (const { provider, account, effects, consentAtMs } of connected) {
    if (account.clientSecret !== null) {
      redactor.add({ id: `${account.service}/client-secret`, value: account.clientSecret });
    }
    const consent = () => recordEffects(context, provider, effects, null);
    if (consentAtMs === 0) consent();
    else clock.schedule(consentAtMs, `consent ${account.id}`, consent);
  }
  scheduleTimeline(context);
  clock.onQuiescent((nextDueMs) => {
    const batch = arrivals.take();
    for (const arrival of batch) {
      if (arrival.kind === 'gone') hangUp(context, arrival.open);
      if (arrival.kind === 'event') receiveEvent(context, arrival.request, arrival.reply);
    }
    const requests = batch.filter((arrival) => arrival.kind === 'request').map((each) => open(context, each));
    // In real time there is no order but that of arrival.
    for (const each of clock.mode === 'exact' ? inCanonicalOrder(requests) : requests) {
      each.reply.onGone(() => {
        if (!each.ended) arrivals.add({ kind: 'gone', open: each });
      });
      admit(context, each);
    }
    return batch.length > 0 || (clock.mode === 'exact' && context.gates.atRest(nextDueMs));
  });

  return {
    ledger,
    accounts: connected.map(({ account }) => account),
    eventsUrl: `${eventsOrigin}/events`,
    receive,
    capture: (party, place, text) => capture(context, party, place, text),
    raise: (party, raised) => {
      const event = withCommonNames(raised, options.events);
      ledger.append({ kind: 'event.received', party, event, via: 'stdout' });
    },
    intend: (intent) => context.intents.add(intent),
    onBlow: (taken) => {
      striker = taken;
    },
    grantAgain: (account, wish) => grantAgain(context, account, wish),
    forgeToken: (account) => forgeToken(context, account),
    take: (deed) => take(context, deed),
    close: async () => {
      await Promise.all(listeners.map((listener) => listener.close()));
    },
  };
}

function receiveEvent(context: Context, request: Request, reply: Reply): void {
  const party = partyOf(context, reply);
  const event = withCommonNames(asJson(capture(context, party, 'event', request.body)), context.events);
  context.ledger.append({ kind: 'event.received', party, event, via: 'http' });
  reply.send({ status: 204, headers: {}, body: '' });
}

// Origins appear as they are and, in query strings, encoded.
function neutralizer(names: ReadonlyMap<string, string>): (text: string) => string {
  const pairs = [...names].flatMap(([name, fixed]) => [
    [name, fixed] as const,
    [encodeURIComponent(name), encodeURIComponent(fixed)] as const,
  ]);
  return (text) => pairs.reduce((neutral, [name, fixed]) => neutral.replaceAll(name, fixed), text);
}

/** Tells the date of an answer; one text serves for a whole second. */
function httpDate(epochMs: () => number): () => string {
  let saidSecond = Number.NaN;
  let text = '';
  return () => {
    const second = Math.floor(epochMs() / 1000);
    if (second !== saidSecond) text = new Date(second * 1000).toUTCString();
    saidSecond = second;
    return text;
  };
}

function worldAccount(service: Service, account: Account): WorldAccount {
  const { rotation, graceMs, reuse } = service.policy;
  return {
    id: account.id,
    service: service.id,
    tenant: account.tenant,
    statesLifetime: service.statesLifetime,
    rotates: rotation !== 'none',
    graceMs,
    reuse,
  };
}
