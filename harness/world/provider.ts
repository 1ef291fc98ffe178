// A service as a world has it: one that answers at once, or one with a server of its own behind it.

import type { Exchange, Identified, Provider, ProviderOptions, Request, Service } from '../../mocks/index.ts';
// From its own file, for the index would load every service there is.
import { createProvider } from '../../mocks/provider.ts';
import { UsageError } from '../errors.ts';

/** A provider that may take a while. Time stands until it has answered. */
export interface WorldProvider extends Omit<Provider, 'handle'> {
  handle(request: Request, nowMs: number, key: string, identified?: Identified): Exchange | Promise<Exchange>;
  /** Where a person must come to a page and consent: what the exchange of the code then needs beside the code. */
  readonly consentPages?: { readonly exchange: Readonly<Record<string, string>> };
  /** Ends what it started. */
  close?(): Promise<void>;
}

/** A service whose requests a server of its own answers. */
export interface ServedService extends Service {
  /** Starts the server, by the policy and under the name that the service has come to have. */
  start(service: Service, options: ProviderOptions): WorldProvider;
  /** Why it cannot be started on this machine, with the fix; null where it can. */
  obstacle(): string | null;
}

/** Whether a server of its own stands behind a service. */
export const isServed = (service: Service): service is ServedService => 'start' in service;

/**
 * Sees to it that a service can be started here.
 * @throws UsageError where it cannot, with the fix
 */
export function mustBeStartable(service: Service): void {
  const why = isServed(service) ? service.obstacle() : null;
  if (why !== null) throw new UsageError(`services.${service.id}: ${why}`);
}

/** Starts a service. */
export function startProvider(service: Service, options: ProviderOptions): WorldProvider {
  return isServed(service) ? service.start(service, options) : createProvider(service, options);
}
