// The world of one run: services, accounts, data, faults, acts and the ledger, driven by one clock.

import type { Account, Json, Request, Service } from '../../mocks/index.ts';
// From its own file, for the index would load every service there is.
import { seededRandomness } from '../../mocks/randomness.ts';
import type { WorldAccount } from '../entry.ts';
import { createLedger, type LedgerWriter } from '../ledger.ts';
import type { TimelineDeed } from '../scenario.ts';
import {
  type Connecting,
  createArrivals,
  inCanonicalOrder,
  open,
  partyOf,
  type Unclaimed,
} from './arrivals.ts';
import type { Striker } from './blows.ts';
import { createConditions } from './conditions.ts';
import { asJson, type Context, capture, type WorldOptions } from './context.ts';
import { forgeTokens, type GrantWish, grantAgain } from './credentials.ts';
import { createEndingWatch } from './ending.ts';
import { withCommonNames } from './event-names.ts';
import { createExpiryWatch } from './expiry.ts';
import { createFaults, type Faults } from './faults.ts';
import { createGates, type Gates } from './gates.ts';
import { createIntents, type Intent } from './intents.ts';
import { createOutbox, sentBy } from './outbox.ts';
import { admit, hangUp } from './passage.ts';
import { startProvider, type WorldProvider } from './provider.ts';
import { recordEffects } from './recording.ts';
import { createRedactor } from './redactor.ts';
import { scheduleTimeline, take } from './timeline.ts';
import { type Listener, listen, type Receive, type Reply } from './transport.ts';
import { byName, isBehindProxy, originBehindProxy, waysOf } from './ways.ts';
import type { Courier } from './webhooks.ts';

/** An account to be opened: `service` is the name under which the world has it; absent scopes = the service's own. */
export interface AccountWish {
  readonly id: string;
  readonly service: string;
  readonly tenant: string;
  readonly scopes?: readonly string[];
  /** Absent = a service's. */
  readonly owner?: 'personal';
  /** Virtual ms of the consent; absent = now. */
  readonly consentAtMs?: number;
}

/** A running world. */
export interface World {
  readonly ledger: LedgerWriter;
  readonly accounts: readonly Account[];
  /** What subscribers check the messages of each service with; services that send none are absent. */
  readonly webhookSecrets: Readonly<Record<string, string>>;
  /** Where subjects POST their events. */
  readonly eventsUrl: string;
  readonly faults: Faults;
  readonly gates: Gates;
  /** The services of this world by the names under which they were added. */
  readonly providers: ReadonlyMap<string, WorldProvider>;
  /** Adds a service, under a name of its own, that callers reach at `origin`; its requests come by `receive`. */
  addService(name: string, service: Service, origin: string): void;
  /** Opens an account at a service of this world, at the present moment. */
  connect(wish: AccountWish): Account;
  /** Takes a request in, as the sockets do: for callers without one. It is looked at when the world is at rest. */
  receive(service: string, request: Request, reply: Reply): void;
  /** Takes an event in that did not come to `eventsUrl` itself. */
  receiveEvent(request: Request, reply: Reply): void;
  /** Puts on record that a caller wants a host that no service claims. */
  receiveUnclaimed(unclaimed: Unclaimed): void;
  /** A connection to a host of its services is about to be made. */
  receiveConnection(connecting: Connecting): void;
  /** A text of the subject's without its secrets; every secret it held goes on record as a leak. */
  capture(party: string, place: string, text: string): string;
  /** Records an event that the subject raised by other means than a POST. */
  raise(party: string, event: Json): void;
  /** A broker is about to be asked for a call: what comes of it upstream is known as its account's. */
  intend(intent: Intent): void;
  /** Takes over the messages by which services tell of the end of a grant. */
  onWebhook(courier: Courier): void;
  /** Takes over the blows of the timeline. */
  onBlow(striker: Striker): void;
  /** Gives an account another grant: the account with its new tokens. */
  grantAgain(account: string, wish: GrantWish): Account;
  /** Well-formed tokens of an account's service that nobody minted. */
  forgeTokens(account: string): { readonly access: string; readonly refresh: string };
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
  const outbox = createOutbox();
  const listenFor = async (receive: Receive) => {
    const posted: Receive = (request, reply) => receive(request, sentBy(outbox, reply));
    const listener = await listen(posted, options.bodyBytes, httpDate(epochMs));
    listener.server.maxConnections = options.connections;
    clock.watchServer(listener.server);
    listeners.push(listener);
    return listener.origin;
  };

  const neutralNames = createNeutralNames(options.neutralNames ?? new Map());
  const webhookSecrets: Record<string, string> = {};
  const providers = new Map<string, WorldProvider>();
  const providerOf = (name: string): WorldProvider => {
    const provider = providers.get(name);
    if (provider === undefined) throw new Error(`this world does not have the service "${name}"`);
    return provider;
  };
  const addService = (name: string, service: Service, origin: string) => {
    const data = options.data[service.id];
    const settings = data === undefined ? { origin, randomness } : { origin, randomness, data };
    const provider = startProvider(service, settings);
    providers.set(name, provider);
    if (provider.webhookSecret !== null) {
      webhookSecrets[name] = provider.webhookSecret;
      const isClients = service.webhooks?.signedWith === 'client-secret';
      const id = `${service.id}/${isClients ? 'client' : 'webhook'}-secret`;
      redactor.add({ id, value: provider.webhookSecret });
    }
    neutralNames.add(origin, `http://${service.id}`);
    // A request log names the host alone.
    neutralNames.add(new URL(origin).host, service.id);
  };
  const receive = (name: string, request: Request, reply: Reply) =>
    arrivals.add({ kind: 'request', provider: providerOf(name), request, reply });
  for (const service of options.services) {
    const { id } = service;
    const origin = isBehindProxy(options, id)
      ? originBehindProxy(id)
      : await listenFor((request, reply) => receive(id, request, reply));
    addService(id, service, options.proxy?.direct === id ? byName(origin) : origin);
  }
  const receiveEvent: Receive = (request, reply) => arrivals.add({ kind: 'event', request, reply });
  const eventsOrigin = await listenFor(receiveEvent);
  neutralNames.add(eventsOrigin, 'http://events');

  let courier: Courier | null = null;
  let striker: Striker = () => {
    throw new Error('the timeline deals a blow, and nobody carries it out');
  };
  const conditions = createConditions();
  const accounts: Account[] = [];
  const worldAccounts: WorldAccount[] = [];
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
      accounts: worldAccounts,
      ...(options.ci === true ? { ci: true } : {}),
      ...(options.proxy === undefined ? {} : { reached: waysOf(options) }),
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
    gates: createGates(clock, ledger, options.gatesGiveUpMs),
    conditions,
    intents: createIntents(),
    strike: (blow) => striker(blow),
    courier: () => courier,
    ledger,
    redactor,
    watchExpiry: createExpiryWatch(clock, ledger, options.untilMs),
    watchEnding: createEndingWatch(clock, ledger, options.untilMs),
    neutral: neutralNames.neutral,
    epochMs,
    counters,
  };
  const connect = ({ service, consentAtMs = clock.nowMs, ...wish }: AccountWish) => {
    const provider = providerOf(service);
    const { account, effects } = provider.connect({ ...wish, atMs: clock.startMs + consentAtMs });
    accounts.push(account);
    worldAccounts.push(worldAccount(provider.service, account));
    if (account.clientSecret !== null) {
      redactor.add({ id: `${account.service}/client-secret`, value: account.clientSecret });
    }
    const consent = () => recordEffects(context, provider, effects, null);
    if (consentAtMs <= clock.nowMs) consent();
    else clock.schedule(consentAtMs, `consent ${account.id}`, consent);
    return account;
  };
  for (const wish of options.accounts) connect({ consentAtMs: 0, ...wish });
  scheduleTimeline(context);
  clock.onQuiescent(
    (nextDueMs) => {
      const batch = arrivals.take();
      for (const arrival of batch) {
        if (arrival.kind === 'gone') hangUp(context, arrival.open);
        if (arrival.kind === 'event') hearEvent(context, arrival.request, arrival.reply);
      }
      const unclaimed = batch.filter((arrival) => arrival.kind === 'unclaimed');
      passOn(
        context,
        unclaimed.map((arrival) => arrival.unclaimed),
      );
      const connecting = batch.filter((arrival) => arrival.kind === 'connecting');
      letConnect(
        context,
        connecting.map((arrival) => arrival.connecting),
      );
      const requests = batch
        .filter((arrival) => arrival.kind === 'request')
        .map((each) => open(context, each));
      // In real time there is no order but that of arrival.
      outbox.together(() => {
        for (const each of clock.mode === 'exact' ? inCanonicalOrder(requests) : requests) {
          admit(context, each);
          // Who is answered already is watched no more.
          if (each.ended) continue;
          each.reply.onGone(() => {
            if (!each.ended) arrivals.add({ kind: 'gone', open: each });
          });
        }
      });
      return batch.length > 0 || (clock.mode === 'exact' && context.gates.atRest(nextDueMs));
    },
    // An answer finds its asker at the present moment.
    () => !arrivals.onlyAsk() || context.gates.anyStanding(),
  );

  return {
    ledger,
    accounts,
    faults: context.faults,
    gates: context.gates,
    providers,
    addService,
    connect,
    webhookSecrets,
    eventsUrl: `${eventsOrigin}/events`,
    receive,
    receiveEvent,
    receiveUnclaimed: (unclaimed) => arrivals.add({ kind: 'unclaimed', unclaimed }),
    receiveConnection: (connecting) => {
      if (context.faults.areOfConnections()) arrivals.add({ kind: 'connecting', connecting });
      else connecting.go(null);
    },
    capture: (party, place, text) => capture(context, party, place, text),
    raise: (party, raised) => {
      const event = withCommonNames(raised, options.events);
      ledger.append({ kind: 'event.received', party, event, via: 'stdout' });
    },
    intend: (intent) => context.intents.add(intent),
    onWebhook: (taken) => {
      courier = taken;
    },
    onBlow: (taken) => {
      striker = taken;
    },
    grantAgain: (account, wish) => grantAgain(context, account, wish),
    forgeTokens: (account) => forgeTokens(context, account),
    take: (deed) => take(context, deed),
    close: async () => {
      await Promise.all(listeners.map((listener) => listener.close()));
      await Promise.all([...providers.values()].map((provider) => provider.close?.()));
    },
  };
}

/** Callers for whom no service is here, in an order that does not depend on whose socket was faster. */
function passOn(context: Context, unclaimed: readonly Unclaimed[]): void {
  const keyed = unclaimed.map((each) => ({ ...each, party: partyOf(context, each) }));
  keyed.sort((a, b) => (`${a.party} ${a.host}` < `${b.party} ${b.host}` ? -1 : 1));
  for (const { party, host, chained, go } of keyed) {
    context.ledger.append({
      kind: 'host.unclaimed',
      party,
      host: capture(context, party, 'url', host),
      chained,
    });
    go();
  }
}

/** New connections, in an order that does not depend on whose socket was faster either, and what faults do to them. */
function letConnect(context: Context, connecting: readonly Connecting[]): void {
  const { faults, ledger, clock } = context;
  const keyed = connecting.map((each) => ({ ...each, party: partyOf(context, each) }));
  keyed.sort((a, b) => (`${a.party} ${a.host}` < `${b.party} ${b.host}` ? -1 : 1));
  for (const { party, services, go } of keyed) {
    const fault = faults.meetConnection(services, party, clock.nowMs);
    if (fault !== null) {
      const { id, service } = fault;
      ledger.append({ kind: 'fault.applied', party, fault: id, exchange: null, service });
    }
    go(fault?.do ?? null);
  }
}

function hearEvent(context: Context, request: Request, reply: Reply): void {
  const party = partyOf(context, reply);
  const event = withCommonNames(asJson(capture(context, party, 'event', request.body)), context.events);
  context.ledger.append({ kind: 'event.received', party, event, via: 'http' });
  reply.send({ status: 204, headers: {}, body: '' });
}

/** Fixed names for what differs between machines and runs. Origins appear as they are and, in query strings, encoded. */
function createNeutralNames(first: ReadonlyMap<string, string>) {
  const pairs: (readonly [string, string])[] = [];
  const add = (name: string, fixed: string) =>
    void pairs.push([name, fixed], [encodeURIComponent(name), encodeURIComponent(fixed)]);
  for (const [name, fixed] of first) add(name, fixed);
  const neutral = (text: string) =>
    pairs.reduce((neutral, [name, fixed]) => neutral.replaceAll(name, fixed), text);
  return { add, neutral };
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
  const { access, refresh, rotation, graceMs, reuse } = service.policy;
  const isTrue = access.kind !== 'fixed' || access.statedMs === undefined || access.statedMs === access.ttlMs;
  return {
    id: account.id,
    service: service.id,
    tenant: account.tenant,
    statesLifetime: service.statesLifetime && isTrue,
    rotates: rotation !== 'none',
    graceMs,
    reuse,
    ...('windowMs' in refresh ? { refreshIdleMs: refresh.windowMs } : {}),
    ...(account.owner === 'personal' ? { owner: account.owner } : {}),
  };
}
