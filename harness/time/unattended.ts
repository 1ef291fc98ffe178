// What clocks have in common that no process follows: nobody attaches, nobody is busy, and order is order of arrival.
import type { ClockDriver } from './driver.ts';
import { newWorldConnections, watchConnection } from './world-connections.ts';

type Unattended = Pick<
  ClockDriver,
  | 'envFor'
  | 'paused'
  | 'resumed'
  | 'nudge'
  | 'setWallOffset'
  | 'watchServer'
  | 'watchSocket'
  | 'partyOf'
  | 'hold'
  | 'busyReport'
>;

/** The members of such a clock; `arrived` is told whenever something may have come in. */
export function unattended(arrived: () => void): Unattended {
  const connections = newWorldConnections();
  return {
    envFor: () => ({}),
    paused() {},
    resumed() {},
    nudge: arrived,
    setWallOffset() {
      throw new Error('the wall clock of a process cannot be moved under a clock that no process follows');
    },
    watchServer(server) {
      server.prependListener('connection', (socket) => watchConnection(connections, socket, false, arrived));
    },
    watchSocket(socket) {
      if (socket.connecting)
        socket.once('connect', () => watchConnection(connections, socket, true, arrived));
      else watchConnection(connections, socket, true, arrived);
    },
    partyOf: () => null,
    hold: () => () => {},
    busyReport: () => [],
  };
}
