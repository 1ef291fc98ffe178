// Which process holds the other end of a connection of this machine: for subjects that no preload speaks for. Linux only.

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Socket } from 'node:net';
import { livingChildrenOf } from './process-tree.ts';

/**
 * The root process at or below which the peer of a connection lives; null where that cannot be seen.
 * @param roots pids to look below
 */
export function ownerOfPeer(socket: Socket, roots: readonly number[]): number | null {
  const { remotePort, localPort } = socket;
  if (remotePort === undefined || localPort === undefined) return null;
  const inode = inodeOf(remotePort, localPort);
  if (inode === null) return null;
  return roots.find((root) => holds(root, `socket:[${inode}]`)) ?? null;
}

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];

// A line: slot, own address, other address, state, queues, timers, retransmits, user, timeout, inode.
function inodeOf(ownPort: number, otherPort: number): string | null {
  const port = (address = '') => Number.parseInt(address.slice(address.lastIndexOf(':') + 1), 16);
  for (const table of TABLES) {
    for (const line of readLines(table)) {
      const [, own, other, , , , , , , inode = '0'] = line.trim().split(/\s+/);
      if (port(own) === ownPort && port(other) === otherPort && inode !== '0') return inode;
    }
  }
  return null;
}

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').slice(1);
  } catch {
    return [];
  }
}

function holds(pid: number, socket: string): boolean {
  return holdsItself(pid, socket) || livingChildrenOf(pid).some((child) => holds(child, socket));
}

function holdsItself(pid: number, socket: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => linkOf(`/proc/${pid}/fd/${fd}`) === socket);
  } catch {
    return false;
  }
}

function linkOf(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}
