// Who is in a tenant when nothing was seeded: three users and two applications.

import type { JsonObject } from '../../http.ts';
import { seededRandomness } from '../../randomness.ts';
import { emailOf, userIdOf } from './ids.ts';

const USERS = ['integration', 'night', 'day'];
const APPLICATIONS = ['Reports', 'Handover'];
const CREATED = '2026-01-05T09:00:00.000Z';

/** The collections of a new tenant. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  return {
    users: USERS.map((name, index) => ({
      user_id: userIdOf(tenant, index + 1),
      email: emailOf(tenant, name),
      email_verified: true,
      name,
      nickname: name,
      blocked: false,
      user_metadata: {},
      app_metadata: {},
      created_at: CREATED,
      updated_at: CREATED,
    })),
    clients: APPLICATIONS.map((name, index) => ({
      client_id: seededRandomness(tenant).chars(32, 'auth0 client', index),
      name,
      app_type: 'regular_web',
    })),
  };
}
