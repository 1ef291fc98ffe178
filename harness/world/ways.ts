// Where services are reached in a network with a proxy: one directly, all others by names that only the proxy knows.

import type { WorldOptions } from './context.ts';

type Network = Pick<WorldOptions, 'proxy' | 'services'>;

/** Whether a service is reached only through the proxy. */
export const isBehindProxy = ({ proxy }: Network, service: string): boolean =>
  proxy !== undefined && proxy.direct !== service;

/** A name that is nobody's for ever (RFC 6761): nothing but the proxy leads there. */
export const originBehindProxy = (service: string): string => `http://${service}.test`;

/** The same address by the name that is listed as reached directly. */
export const byName = (origin: string): string => origin.replace('127.0.0.1', DIRECT_HOST);

/** The host of the service that is reached directly. */
export const DIRECT_HOST = 'localhost';

/** Both kinds, by id. */
export function waysOf(network: Network): {
  readonly direct: readonly string[];
  readonly byProxy: readonly string[];
} {
  const ids = network.services.map(({ id }) => id);
  return {
    direct: ids.filter((id) => !isBehindProxy(network, id)),
    byProxy: ids.filter((id) => isBehindProxy(network, id)),
  };
}
