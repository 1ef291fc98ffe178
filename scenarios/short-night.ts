// The first hour of the overnight job, and as long again as a late round may take: deals change in its first hour only.

import type { AgentStory } from '../harness/scenario.ts';

export const SECOND_MS = 1000;
export const MINUTE_MS: number = 60 * SECOND_MS;
/** How long it lasts; scenarios that share it share their twin. */
export const SHORT_NIGHT_MS: number = 75 * MINUTE_MS;

/** HubSpot's tokens end every quarter of an hour, so that a short night meets what a long one would. */
export const QUARTER_HOURS: NonNullable<AgentStory['services']> = { hubspot: { accessTtl: '15m' } };

/** The same where each use of a refresh token replaces it, and the old one is dead at once. */
export const STRICTLY_ROTATING: NonNullable<AgentStory['services']> = {
  hubspot: { accessTtl: '15m', rotation: 'every-use', grace: '0s', reuse: 'family-revoked' },
};
