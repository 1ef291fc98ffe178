// What a tenant's users have when nothing was seeded: two guilds, and the accounts that they linked elsewhere.

import type { JsonObject } from '../../http.ts';
import { guildIdOf } from './ids.ts';

const NAMES = ['Night shift', 'Release party'] as const;
const JOINED = '2026-01-12T09:00:00.000000+00:00';

/** The objects of a new tenant, by collection. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  return {
    guilds: NAMES.map((name, index) => ({
      id: guildIdOf(tenant, index + 1),
      name,
      icon: null,
      banner: null,
      owner: index === 0,
      permissions: index === 0 ? '2251799813685247' : '104189505',
      features: ['COMMUNITY'],
    })),
    memberships: NAMES.map((_name, index) => ({
      id: guildIdOf(tenant, index + 1),
      nick: null,
      roles: [],
      joined_at: JOINED,
      deaf: false,
      mute: false,
    })),
    connections: [
      {
        id: `${tenant}-streams`,
        name: `${tenant}_live`,
        type: 'twitch',
        verified: true,
        friend_sync: false,
        show_activity: true,
        two_way_link: false,
        visibility: 1,
      },
    ],
  };
}
