// What a listener has when nothing was seeded: two playlists.

import type { JsonObject } from '../../http.ts';
import { seededRandomness } from '../../randomness.ts';

/** The id of a tenant's nth playlist, the same in every run; ids of two listeners are apart. */
export const playlistIdOf = (tenant: string, n: number): string =>
  `${seededRandomness(tenant).chars(18, 'spotify playlists')}${n.toString(36).padStart(4, '0')}`;

/** The playlists of a new account. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  return {
    playlists: ['Deep work', 'Six in the morning'].map((name, index) => ({
      id: playlistIdOf(tenant, index + 1),
      name,
      uris: [`spotify:track:${playlistIdOf(`track of ${tenant}`, index + 1)}`],
    })),
  };
}
