// A tenant's workspace: the ids by which Slack knows it, and what it holds when nothing was seeded.

import type { JsonObject } from '../../http.ts';
import { once } from '../../once.ts';
import { seededRandomness } from '../../randomness.ts';

const CREATED_S = Date.parse('2026-01-05T09:00:00.000Z') / 1000;
const FIRST_MESSAGE_S = Date.parse('2026-03-02T08:00:00.000Z') / 1000;
const CHANNELS = [
  { name: 'general', purpose: 'Everything that concerns everyone', joined: true },
  { name: 'night-runs', purpose: 'What ran at night, and what did not', joined: true },
  { name: 'leadership', purpose: 'Plans', joined: false },
] as const;
const MESSAGES = ['Good morning.', 'The release goes out at noon.', 'Lunch is in the yard today.'] as const;

/** An id as Slack writes it: a letter for the kind, then upper-case letters and digits. */
const idOf = (letter: string, tenant: string, what: string): string =>
  `${letter}0${seededRandomness(tenant).chars(9, 'slack', letter, what).toUpperCase()}`;

export const teamIdOf = once((tenant: string): string => idOf('T', tenant, 'team'));
export const appIdOf = once((clientId: string): string => idOf('A', clientId, 'app'));
export const botIdOf = (tenant: string): string => idOf('B', tenant, 'bot');
/** The user that the bot is. */
export const botUserIdOf = once((tenant: string): string => idOf('U', tenant, 'bot'));
/** The person who installed the app. */
export const installerIdOf = (tenant: string): string => idOf('U', tenant, 'installer');
export const channelIdOf = (tenant: string, name: string): string => idOf('C', tenant, name);

/** The objects of a new workspace, by collection. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  const general = channelIdOf(tenant, 'general');
  return {
    channels: CHANNELS.map(({ name, purpose, joined }) => ({
      id: channelIdOf(tenant, name),
      name,
      is_channel: true,
      is_private: false,
      is_archived: false,
      is_member: joined,
      created: CREATED_S,
      creator: installerIdOf(tenant),
      purpose: { value: purpose, creator: installerIdOf(tenant), last_set: CREATED_S },
      num_members: 4,
    })),
    users: [
      { id: installerIdOf(tenant), name: 'installer', real_name: 'Installer', is_bot: false, deleted: false },
      {
        id: botUserIdOf(tenant),
        name: 'integration',
        real_name: 'Integration',
        is_bot: true,
        deleted: false,
      },
    ],
    messages: MESSAGES.map((text, index) => {
      const ts = `${FIRST_MESSAGE_S + 3600 * index}.000100`;
      return { id: `${general}/${ts}`, channel: general, ts, user: installerIdOf(tenant), text };
    }),
  };
}
