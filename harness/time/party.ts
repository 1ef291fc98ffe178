// One attached thread of a subject, as the world knows it from its last words.
import type { Socket } from 'node:net';
import type { End } from '../preload/connection-end.js';
import type { Hello, Idle, ToParty } from './control-protocol.ts';

/** Plain state, written by the clock alone. */
export interface Party {
  readonly name: string;
  readonly line: string;
  readonly pid: number;
  readonly ppid: number;
  readonly thread: number;
  /** Its place when several are due at once: the same in every run. */
  readonly rank: string;
  readonly control: Socket;
  /** Its connections by key, as last reported. */
  readonly ends: Map<string, End>;
  /** False from the moment the world told it to act until it reports again. */
  idle: boolean;
  /** Answers to `to` and `wall` that are still to come. */
  acksDue: number;
  /** The `look` that its report must answer to count. */
  lookDue: number;
  stirred: boolean;
  dueMs: number | null;
  leaving: boolean;
  children: number[];
  threads: number[];
  ports: number[];
  /** It has a channel to somebody on which no bytes are counted, or may soon. */
  unseen: boolean;
  /** The moment that its clock shows, or will once it has read all that it was told. */
  toldMs: number;
  /** The moment that its clock is known to show. */
  shownMs: number;
  busyNames: string[];
  paused: boolean;
  /** While it waits, event loop blocked, for a child: the pids of its other children. */
  blockedBeside: number[] | null;
  /** Real moment of its last word. */
  heardAtMs: number;
  spoke: boolean;
}

const byRank = (line: string) => line.replace(/\d+/g, (digits) => digits.padStart(6, '0'));

/** A party that has said hello and nothing else. */
export function newParty(hello: Hello, control: Socket, heardAtMs: number): Party {
  const { party: name, line, pid, ppid, thread } = hello;
  return {
    name,
    line,
    pid,
    ppid,
    thread,
    rank: `${name}/${byRank(line)}/${byRank(String(thread))}`,
    control,
    ends: new Map(),
    idle: false,
    acksDue: 0,
    lookDue: 0,
    stirred: true,
    dueMs: null,
    leaving: false,
    children: [],
    threads: [],
    ports: [],
    unseen: false,
    toldMs: 0,
    shownMs: 0,
    busyNames: [],
    paused: false,
    blockedBeside: null,
    heardAtMs,
    spoke: false,
  };
}

/** Takes over what an idle report says. A report that answers an older look leaves the party busy. */
export function takeReport(party: Party, report: Idle): void {
  for (const key of report.gone) party.ends.delete(key);
  for (const [local, remote, read, written, flags] of report.changed) {
    party.ends.set(`${local}-${remote}`, { local, remote, read, written, flags });
  }
  party.idle = report.look >= party.lookDue;
  arriveAt(party, report.nowMs);
  party.stirred = report.stirred;
  party.dueMs = report.dueMs;
  party.leaving = report.leaving;
  party.children = report.children;
  party.threads = report.threads;
  party.ports = report.ports;
  party.busyNames = [];
  party.spoke = true;
}

/** It hears nothing for now, by a stop signal or by its own waiting, and what is due or on its way to it must wait. */
export const isDeaf = (party: Party): boolean => party.paused || party.blockedBeside !== null;

/** Its words of old do not hold any more, and the new ones are still to come. */
export const isAnswering = (party: Party): boolean => !party.idle || party.acksDue > 0;

/** Sends one word. A party that is gone is noticed by its closed connection. */
export function tell(party: Party, message: ToParty): void {
  if (party.control.writable) party.control.write(`${JSON.stringify(message)}\n`);
}

/** It has been stopped. What comes first is heard first when it wakes: let that be the world, which tells it the time. */
export function putToSleep(party: Party): void {
  party.paused = true;
  tell(party, { kind: 'asleep' });
}

/** Sets its clock, and has it say so. */
export function setTime(party: Party, nowMs: number): void {
  party.toldMs = nowMs;
  party.acksDue += 1;
  tell(party, { kind: 'to', nowMs, fire: false });
}

/** Sets its clock for when it is woken: it reads this first, so that nobody need wait until it has. */
export function announceTime(party: Party, nowMs: number): void {
  if (party.toldMs === nowMs) return;
  party.toldMs = nowMs;
  tell(party, { kind: 'at', nowMs });
}

/** Moves its wall clock, and has it say so. */
export function setWallOffset(party: Party, offsetMs: number): void {
  party.acksDue += 1;
  tell(party, { kind: 'wall', offsetMs });
}

/** It has said so. */
export function takeAck(party: Party): void {
  party.acksDue -= 1;
  if (party.acksDue === 0) party.shownMs = party.toldMs;
}

/** Its clock shows this moment. */
export function arriveAt(party: Party, nowMs: number): void {
  party.toldMs = nowMs;
  party.shownMs = nowMs;
}
