// Healthy: one refresh for all who wait, the newest refresh token kept before it is used, one word about a dead grant.

import { broker } from './broker.ts';

export default broker();
