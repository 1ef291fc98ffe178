// The world's ends of all connections, and whether any byte is on its way between two ends that are both known.

import { type Server, Socket } from 'node:net';
import { Server as HttpServer } from '../node-http.ts';
import { type End, endOf, NOT_READING, OWES, READ_ENDED, WRITE_ENDED } from '../preload/connection-end.js';
import type { Idle } from './control-protocol.ts';
import { isDeaf, type Party } from './party.ts';

interface WorldEnd {
  socket: Socket;
  /** The party that has reported the other end. */
  owner: Party | null;
  /** The harness opened it, hence its other end must be in a party. */
  outgoing: boolean;
}

export interface WorldConnections {
  /** By key as the party writes it: its own port, a dash, the world's port. */
  ends: Map<string, WorldEnd>;
  /** Closed by the world, and perhaps not noticed by the party yet. */
  closed: Set<string>;
  /** Which party has told of which connection, be it accepted yet or not. */
  claims: Map<string, Party>;
  /** Kept while anybody still holds the socket, also once it closed. */
  bySocket: WeakMap<Socket, WorldEnd>;
  /** Ports that the world listens on. */
  ports: Set<number>;
}

export const newWorldConnections = (): WorldConnections => ({
  ends: new Map(),
  closed: new Set(),
  claims: new Map(),
  bySocket: new WeakMap(),
  ports: new Set(),
});

/**
 * Takes a connected socket of the world into account; once is enough, again is harmless. `onActivity` is told of its reads,
 * writes and close, `onClosed` of the port at its other end when it has closed.
 */
export function watchConnection(
  world: WorldConnections,
  socket: Socket,
  outgoing: boolean,
  onActivity: () => void,
  onClosed: (port: number) => void = () => {},
): void {
  if (world.bySocket.has(socket)) return;
  const { remotePort = 0 } = socket;
  const key = keyOf(socket);
  const end: WorldEnd = { socket, owner: world.claims.get(key) ?? null, outgoing };
  world.ends.set(key, end);
  world.bySocket.set(socket, end);
  world.closed.delete(key);
  // Node calls this at each read and write; a 'data' listener would make the socket flow.
  Object.defineProperty(socket, '_unrefTimer', {
    value() {
      onActivity();
      return (Socket.prototype as unknown as { _unrefTimer: () => void })._unrefTimer.call(this);
    },
  });
  socket.once('close', () => {
    if (world.ends.get(key) === end) {
      world.ends.delete(key);
      if (end.owner !== null) world.closed.add(key);
    }
    onActivity();
    onClosed(remotePort);
  });
  onActivity();
}

/** Takes a server of the world into account with all that it will accept. `onActivity` is told as for a single socket. */
export function watchServer(world: WorldConnections, server: Server, onActivity: () => void): void {
  // Its own timeouts run on real time, and would end a connection whenever the machine is slow.
  if (server instanceof HttpServer) {
    Object.assign(server, { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0, timeout: 0 });
  }
  const own = new Set<number>();
  const note = () => {
    const address = server.address();
    if (address === null || typeof address !== 'object') return;
    own.add(address.port);
    world.ports.add(address.port);
  };
  note();
  server.on('listening', note);
  server.on('close', () => {
    for (const port of own) world.ports.delete(port);
  });
  server.prependListener('connection', (socket: Socket) => watchConnection(world, socket, false, onActivity));
}

const keyOf = (socket: Socket): string => `${socket.remotePort}-${socket.localPort}`;

/** Bytes, or an end, that `from` has sent or still owes and `to` will be woken by. */
function isOnTheWay(from: End, to: End): boolean {
  if ((to.flags & (NOT_READING | READ_ENDED)) !== 0) return false;
  return to.read < from.written || (from.flags & (OWES | WRITE_ENDED)) !== 0;
}

/** Notes that a party has opened, or holds, this connection. */
export function claimConnection(world: WorldConnections, party: Party, key: string): void {
  world.claims.set(key, party);
  const end = world.ends.get(key);
  if (end !== undefined) end.owner = party;
}

/** Takes over which connections a party holds, and which closes it has noticed. */
export function claimConnections(
  world: WorldConnections,
  party: Party,
  report: Pick<Idle, 'changed' | 'gone'>,
): void {
  for (const key of report.gone) {
    world.closed.delete(key);
    world.claims.delete(key);
  }
  for (const [local, remote] of report.changed) claimConnection(world, party, `${local}-${remote}`);
}

/** Forgets what a party has told that is gone: its ports may soon be somebody else's. */
export function disclaimConnections(world: WorldConnections, party: Party): void {
  for (const [key, claimer] of world.claims) if (claimer === party) world.claims.delete(key);
  for (const key of party.ends.keys()) world.closed.delete(key);
}

/** The party at the other end of a socket of the world; null for a stranger. */
export const ownerOf = (world: WorldConnections, socket: Socket): Party | null =>
  world.bySocket.get(socket)?.owner ?? null;

/** @returns whom a connection between the world and a party keeps awake, in words; empty when all has arrived */
export function worldTraffic(
  world: WorldConnections,
  parties: readonly Party[],
): { party: Party | null; why: string }[] {
  const traffic: { party: Party | null; why: string }[] = [];
  const matched = new Set<string>();
  for (const party of parties) {
    for (const [key, end] of party.ends) {
      if (!world.ports.has(end.remote) && !world.ends.has(key) && !world.closed.has(key)) continue;
      matched.add(key);
      const why = whyBusy(world, party, key, end);
      if (why !== null) traffic.push({ party, why });
    }
  }
  // Who sleeps accepts nothing: what is sent to it meanwhile waits at its door.
  const asleep = new Set(parties.filter(isDeaf).flatMap(({ ports }) => ports));
  for (const [key, { socket, owner, outgoing }] of world.ends) {
    if (matched.has(key) || (owner === null && !outgoing)) continue;
    if (owner === null && asleep.has(socket.remotePort ?? 0)) continue;
    const ours = endOf(socket);
    if (ours === null || (ours.flags & (NOT_READING | READ_ENDED)) === 0) {
      traffic.push({
        party: owner,
        why: `the close of connection ${key} is on its way to the world`,
      });
    }
  }
  return traffic;
}

function whyBusy(world: WorldConnections, party: Party, key: string, theirs: End): string | null {
  const known = world.ends.get(key);
  const ours = known === undefined ? null : endOf(known.socket);
  const deaf = isDeaf(party) || (theirs.flags & NOT_READING) !== 0;
  if (ours !== null) {
    if (isOnTheWay(theirs, ours)) return `bytes of connection ${key} are on their way to the world`;
    return !deaf && isOnTheWay(ours, theirs) ? `bytes of connection ${key} are on their way to it` : null;
  }
  if (known === undefined && !world.closed.has(key)) return `the world has yet to accept connection ${key}`;
  return deaf ? null : `the close of connection ${key} is on its way to it`;
}

/** The same between two parties. A connection to a port nobody attached listens on leads to a stranger and is waived. */
export function partyTraffic(parties: readonly Party[]): { party: Party; why: string }[] {
  const owners = new Map(
    parties.flatMap((party) => [...party.ends.keys()].map((key) => [key, party] as const)),
  );
  const listeners = new Map(parties.flatMap((party) => party.ports.map((port) => [port, party] as const)));
  const traffic: { party: Party; why: string }[] = [];
  for (const party of parties) {
    for (const end of party.ends.values()) {
      const other = owners.get(`${end.remote}-${end.local}`);
      const theirs = other?.ends.get(`${end.remote}-${end.local}`);
      if (other !== undefined && theirs !== undefined) {
        if (!isDeaf(other) && isOnTheWay(end, theirs))
          traffic.push({ party: other, why: `bytes from ${party.name}` });
      } else {
        const listener = listeners.get(end.remote);
        if (listener !== undefined && !isDeaf(listener))
          traffic.push({ party: listener, why: `a connection from ${party.name}` });
      }
    }
  }
  return traffic;
}
