// What a user has planned when nothing was seeded: two meetings.

import type { JsonObject } from '../../http.ts';
import { meetingIdOf } from './ids.ts';

/** The meetings of a new tenant. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  return {
    meetings: ['Weekly numbers', 'Handover of the night'].map((topic, index) => ({
      id: meetingIdOf(tenant, index + 1),
      topic,
      type: 2,
      start_time: `2026-03-0${index + 3}T09:00:00Z`,
      duration: 30,
      timezone: 'UTC',
      created_at: '2026-01-05T09:00:00Z',
    })),
  };
}
