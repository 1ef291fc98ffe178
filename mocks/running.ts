// The inside of a running service: what its endpoints share.

import type { Authority } from './authority.ts';
import type { Spend } from './bucket.ts';
import type { Endpoint } from './exchange.ts';
import type { Request } from './http.ts';
import type { Meter } from './meter.ts';
import type { Randomness } from './randomness.ts';
import type { RouteMatch } from './route.ts';
import type { AccountIdentity, Service } from './service.ts';
import type { Collections } from './store.ts';
import type { RowIndex } from './wire-rows.ts';

/** What every endpoint of one running service works on. */
export interface Running {
  readonly service: Service;
  readonly origin: string;
  readonly randomness: Randomness;
  readonly authority: Authority;
  /** In the order in which they were connected; the first consents where nobody is named. */
  readonly accounts: readonly AccountIdentity[];
  readonly rows: RowIndex;
  /** Counts the calls of a tenant. */
  readonly meter: Meter;
  /** Counts token requests with the same fields. */
  readonly repetitions: Meter;
  readonly spend: Spend;
  endpoint(request: Request): Endpoint;
  route(request: Request): RouteMatch | null;
  /** The collections of a tenant. */
  data(tenant: string): Collections;
}
