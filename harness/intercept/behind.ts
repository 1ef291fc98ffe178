// What stands behind the proxy: the services of a world, by the hosts under which the real ones answer.

import { claimantsOf, nameOf } from '../../mocks/hosts.ts';
import type { Request } from '../../mocks/index.ts';
import type { WorldProvider } from '../world/provider.ts';
import type { World } from '../world/world.ts';
import type { Behind } from './proxy.ts';

/** The parts of a world that answer; `nudge` tells its clock that something came in. */
export function behindWorld(world: World, nudge: () => void): Behind {
  const events = new URL(world.eventsUrl).host;
  const claimants = (host: string) => {
    const all = [...world.providers].map(([name, provider]) => ({
      name,
      provider,
      hosts: [...provider.service.hosts, new URL(provider.origin).host],
    }));
    // A client that sends even calls of this machine through the proxy names a port, which is then all that matters.
    const here = claimantsOf(host, all);
    return here.length > 0 ? here : claimantsOf(nameOf(host), all);
  };
  return {
    claims: async (host) => host === events || claimants(host).length > 0,
    connecting: ({ host, socket, go }) => {
      const services = claimants(host).map(({ provider }) => provider.service.id);
      world.receiveConnection({ host: nameOf(host), services, socket, go });
      nudge();
    },
    receive: (request, reply) => {
      const one = theOneFor(request, claimants(request.host));
      if (one === undefined) world.receiveEvent(request, reply);
      else world.receive(one.name, request, reply);
      nudge();
    },
    unclaimed: (unclaimed) => {
      world.receiveUnclaimed(unclaimed);
      nudge();
    },
  };
}

// Where several services share a host, the token tells whose request it is, else the path.
function theOneFor<C extends { readonly provider: WorldProvider }>(
  request: Request,
  all: readonly C[],
): C | undefined {
  if (all.length < 2) return all[0];
  const read = all.map((one) => ({ one, seen: one.provider.identify(request) }));
  const found =
    read.find(({ seen }) => seen.account !== null) ?? read.find(({ seen }) => seen.route !== 'unmodelled');
  return found?.one ?? all[0];
}
