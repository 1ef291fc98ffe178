// Every service that there is: the mocks, and the one with a server of its own behind it.

import { SERVICES as MOCKS, type Service } from '../mocks/index.ts';
import oidc from './oidc/service.ts';

/** In the order in which they are listed. */
export const SERVICES: readonly Service[] = [...MOCKS, oidc];
