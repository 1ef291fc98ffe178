// The one way by which a person's browser reaches the world: a proxy that knows its services and nothing else.
//
// The browser lives in real time. While it thinks, the world's clock is held; while the world owes it an answer, time goes on.

import type { Account, Answer } from '../../mocks/index.ts';
import type { ClockDriver } from '../time/driver.ts';
import { listen } from '../world/transport.ts';
import type { World } from '../world/world.ts';

/** An open door. */
export interface Door {
  /** The proxy's URL. */
  readonly origin: string;
  /** The browser is gone: time is nobody's to hold. */
  close(): Promise<void>;
}

const BODY_BYTES = 100_000;
const THINKS = 'a person is at the browser';

/** Opens a door for a visit about an account; time stands from now on, but for the answers that are owed. */
export async function openDoor(
  { world, clock }: { readonly world: Pick<World, 'receive'>; readonly clock: ClockDriver },
  { service, apiUrl }: Pick<Account, 'service' | 'apiUrl'>,
  redirectUri: string,
): Promise<Door> {
  const target = new URL(redirectUri);
  const { host } = new URL(apiUrl);
  let release: (() => void) | null = clock.hold(THINKS);
  let owed = 0;
  let closed = false;
  const owe = () => {
    owed += 1;
    release?.();
    release = null;
  };
  const settle = () => {
    owed -= 1;
    if (owed === 0 && !closed) release = clock.hold(THINKS);
  };
  const listener = await listen(
    (request, reply) => {
      if (request.host === target.host && request.path === target.pathname) return reply.send(ARRIVED);
      if (request.host !== host) return reply.send(NOWHERE);
      owe();
      world.receive(service, request, {
        socket: null,
        send: (answer) => {
          settle();
          reply.send(forBrowser(answer));
        },
        cut: (how) => {
          settle();
          reply.cut(how);
        },
        onGone: () => {},
      });
      clock.nudge(process.pid);
    },
    BODY_BYTES,
    () => new Date(clock.startMs + clock.nowMs).toUTCString(),
  );
  return {
    origin: listener.origin,
    close: async () => {
      closed = true;
      release?.();
      await listener.close();
    },
  };
}

const html = (status: number, text: string): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: `<!doctype html><link rel="icon" href="data:,"><title>${text}</title><p>${text}</p>`,
});
const ARRIVED = html(200, 'Done. You may close this window.');
const NOWHERE = html(502, 'This browser reaches the services of its world only.');

// What ends at a moment of the world would have ended long ago by the browser's own clock; what is deleted stays so.
function forBrowser(answer: Answer): Answer {
  if (answer.cookies === undefined) return answer;
  const lasting = (cookie: string) => cookie.replace(/; expires=(?!Thu, 01 Jan 1970)[^;]*/i, '');
  return { ...answer, cookies: answer.cookies.map(lasting) };
}
