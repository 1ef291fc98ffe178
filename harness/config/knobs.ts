// The knobs of one service as a config file may turn them.

import { z } from 'zod';
import { REFUSALS, type Refusal } from '../../mocks/index.ts';
import { parseDuration } from '../duration.ts';
import { count, DURATION, duration, id, lifetime, object, strict } from './parts.ts';

/** Knobs that say the same thing in two ways, or each other's opposite. */
const CONTRADICTIONS = [
  ['accessTtl', 'sessionTimeout'],
  ['statedTtl', 'sessionTimeout'],
  ['refreshTtl', 'refreshCap'],
  ['refreshTtl', 'refreshIdle'],
] as const;

const REFRESH_LIFETIMES = ['refreshTtl', 'refreshCap', 'refreshIdle'] as const;

function tellContradictions(
  said: Readonly<Partial<Record<(typeof CONTRADICTIONS)[number][number], unknown>>>,
  context: z.RefinementCtx,
): void {
  for (const [one, other] of CONTRADICTIONS) {
    if (said[one] === undefined || said[other] === undefined) continue;
    context.addIssue({
      code: 'custom',
      input: said[other],
      path: [other],
      message: `contradicts ${one}: leave one of them out`,
    });
  }
}

const NO_LIFETIME = { error: `is no lifetime: write never, min and max, or ${DURATION}` };
const NO_GRACE = { error: `is no grace: write forever, or ${DURATION}` };
const NO_LIMIT = { error: 'is no limit: write unlimited, or a whole number above 0' };

const range = strict({
  min: lifetime.meta({ description: 'The shortest.' }),
  max: lifetime.meta({ description: 'The longest.' }),
}).refine(({ min, max }) => (parseDuration(min) ?? 0) <= (parseDuration(max) ?? 0), {
  error: 'has a min above its max',
});

const offset = z
  .string()
  .refine((text) => parseDuration(text.replace(/^-/, '')) !== null, {
    error: `is no duration: write ${DURATION}, or one below 0 such as -5s`,
  })
  .meta({ pattern: '^-?([0-9]+(ms|s|m|h|d))+$' });

const path = z.string().regex(/^\/[^\s?#]*$/, { error: 'is no path: write one such as /oauth/token' });
const limit = z.union([z.literal('unlimited'), count], NO_LIMIT);
const text = z.string().min(1);

const asked = (field: string) =>
  strict({
    field: text.optional().meta({ description: `The field that asks, in seconds; ${field} by default.` }),
    min: lifetime.meta({ description: 'The shortest that is given.' }),
    max: lifetime.meta({ description: 'The longest that is given.' }),
  });

const refreshLifetimes = {
  refreshTtl: z
    .union([z.enum(['none', 'never']), lifetime], {
      error: `is no lifetime: write none, never, or ${DURATION}`,
    })
    .optional()
    .meta({
      description:
        'How long a refresh token lives from its issue; never: it has no end, none: there is no refresh token.',
    }),
  refreshCap: lifetime
    .optional()
    .meta({ description: 'How long refresh tokens live from the consent on, all together.' }),
  refreshIdle: lifetime.optional().meta({ description: 'How long a refresh token may be unused.' }),
};

const lifetimes = {
  accessTtl: z
    .union([z.literal('never'), lifetime, range], NO_LIFETIME)
    .optional()
    .meta({ description: 'How long an access token lives; min and max draw another lifetime for each.' }),
  statedTtl: offset.optional().meta({
    description: 'The lifetime that answers state, where it is not the true one; 0s and -5s will do.',
  }),
  askedTtl: asked('expires_in')
    .optional()
    .meta({ description: 'The lifetimes of access tokens that token requests may ask for.' }),
  askedRefreshTtl: asked('refresh_token_expires_in')
    .optional()
    .meta({ description: 'The lifetimes of refresh tokens that token requests may ask for.' }),
  sessionTimeout: lifetime
    .optional()
    .meta({ description: 'How long a session lives that activity extends.' }),
  sessionCountsAfter: z.number().min(0).max(1).optional().meta({
    description: 'The part of a session after which activity extends it: 0 always, 0.5 from its half on.',
  }),
  ...refreshLifetimes,
  refreshOfOnly: strict({
    scopes: z.array(text).min(1).meta({ description: 'These or some of them, and no others.' }),
    ...refreshLifetimes,
  })
    .refine((said) => REFRESH_LIFETIMES.some((knob) => said[knob] !== undefined), {
      error: 'has no lifetime: add refreshTtl, refreshCap or refreshIdle',
    })
    .superRefine(tellContradictions)
    .optional()
    .meta({ description: 'Another lifetime of refresh tokens for grants of certain scopes only.' }),
  codeTtl: lifetime.optional().meta({ description: 'How long an authorization code lives.' }),
};

const replacement = {
  rotation: z.enum(['none', 'every-use', 'sticky']).optional().meta({
    description: 'Whether using a refresh token replaces it; sticky: only once it is stickyFor old.',
  }),
  stickyFor: lifetime
    .optional()
    .meta({ description: 'How long a sticky refresh token is handed out again, e.g. 24h.' }),
  noRefreshBefore: lifetime.optional().meta({
    description: 'How old a living access token must be before a refresh gives another one, e.g. 9m30s.',
  }),
  grace: z
    .union([z.literal('forever'), duration], NO_GRACE)
    .optional()
    .meta({ description: 'How long a replaced refresh token is still honoured.' }),
  graceEndsEarly: z
    .enum(['when-child-used'])
    .optional()
    .meta({ description: 'What ends the grace before its time: the first use of the successor.' }),
  graceDepth: z
    .enum(['previous', 'any'])
    .optional()
    .meta({ description: 'Which replaced refresh tokens have a grace: the one before the newest, or any.' }),
  replay: z.enum(['new-child', 'same-child']).optional().meta({
    description: 'What a replaced refresh token earns in its grace: another pair, or the same again.',
  }),
  reuse: z
    .enum(['refused', 'newest-revoked', 'newest-and-access-revoked', 'family-revoked'])
    .optional()
    .meta({ description: 'What the return of a replaced refresh token does to the family.' }),
  oldAccess: z
    .enum(['lives-on', 'dies', 'dies-after-grace'])
    .optional()
    .meta({ description: 'What a refresh does to the access tokens issued before.' }),
};

const limits = {
  grantsPerAccount: limit
    .optional()
    .meta({ description: 'Live grants per account and client; one more evicts the oldest.' }),
  grantsCounted: z.enum(['all', 'same-scopes']).optional().meta({
    description: 'Which grants grantsPerAccount counts together: all, or those of the same scopes.',
  }),
  eviction: z.enum(['refresh-tokens', 'all-tokens']).optional().meta({
    description: 'What an evicted grant loses: its refresh tokens, or its access tokens with them.',
  }),
  liveAccessTokens: limit
    .optional()
    .meta({ description: 'Live access tokens per grant; one more evicts the oldest.' }),
  revocationDelay: duration
    .optional()
    .meta({ description: 'How long a revoked access token still works; refreshes stop at once.' }),
  evaluatedAbove: duration.optional().meta({
    description:
      'Only access tokens that live longer are refused once they are revoked; others work to their end.',
  }),
  birthDelay: duration
    .optional()
    .meta({ description: 'How long a fresh access token is not yet known to the API.' }),
  revokingRefresh: z
    .enum(['grant', 'refresh-token-only'])
    .optional()
    .meta({ description: 'What the revocation of a refresh token by its client takes with it.' }),
  revokingAccess: z
    .enum(['grant', 'access-token-only'])
    .optional()
    .meta({ description: 'What the revocation of an access token by its client takes with it.' }),
  callsPerWindow: count
    .optional()
    .meta({ description: 'Calls of a tenant within callWindow; one more is refused until it closes.' }),
  callWindow: lifetime.optional().meta({ description: 'The window in which calls are counted.' }),
};

const words = {
  scopes: z.array(text).optional().meta({ description: 'What accounts of this service are granted.' }),
  hosts: z
    .array(text)
    .min(1)
    .optional()
    .meta({ description: 'The hosts under which the real service answers.' }),
  tokenPath: path.optional().meta({ description: 'The path of the token endpoint.' }),
  revokePath: path.optional().meta({ description: 'The path of the revocation endpoint.' }),
  authorizePath: path.optional().meta({ description: 'The path of the authorization endpoint.' }),
  tokenRequest: z
    .enum(['form', 'json'])
    .optional()
    .meta({ description: 'How subjects are told to send a token request.' }),
  clientAuth: z
    .enum(['body', 'basic', 'none'])
    .optional()
    .meta({ description: 'How subjects are told to show which client they are.' }),
  insistsOn: z
    .array(z.enum(['tokenRequest', 'clientAuth']))
    .optional()
    .meta({ description: 'Of these two, what the token endpoint takes in no other way than it is told.' }),
  authorization: z
    .string()
    .regex(/^([\w-]+: )?([\w-]+ )?\{token\}$/, {
      error: 'is no place for a token: write Bearer {token}, {token}, or X-Api-Key: {token}',
    })
    .optional()
    .meta({ description: 'How calls carry the token: Bearer {token}, {token}, X-Api-Key: {token}.' }),
  expiresIn: z
    .enum(['number', 'string', 'absent'])
    .optional()
    .meta({ description: 'The type of expires_in in token answers.' }),
  refreshToken: z
    .enum(['always', 'when-new', 'null-unless-new'])
    .optional()
    .meta({ description: 'When token answers tell the refresh token.' }),
  tokenAnswer: z
    .enum(['form'])
    .optional()
    .meta({ description: 'Tokens and refusals come as a form, in place of JSON.' }),
  tokenType: text.optional().meta({ description: 'The spelling of token_type, e.g. bearer.' }),
  errors: z
    .array(
      strict({
        at: z
          .enum(['token', 'resource', 'revoke', 'authorize'])
          .meta({ description: 'Which endpoint says it.' }),
        causes: z
          .array(z.enum(Object.keys(REFUSALS) as [Refusal, ...Refusal[]]))
          .min(1)
          .meta({ description: 'The truths that get this answer; several may share one.' }),
        status: z.int().min(200).max(599),
        headers: z.record(z.string(), z.string()).optional(),
        body: z.union([z.string(), object]).optional(),
      }),
    )
    .optional()
    .meta({ description: 'Answers of your own to refusals, in place of those of the base.' }),
};

/** What a route answers that no service models. */
export const unmodelled = z.enum(['fail', 'crud']).optional().meta({
  description:
    'What a route answers that the mock does not model. fail: 501. crud: an in-memory collection at its path.',
});

/** The knobs of a service. */
export const knobs = strict({
  base: id
    .optional()
    .meta({ description: 'Declares a service of your own on the model of this one, e.g. plain.' }),
  variant: id
    .optional()
    .meta({ description: 'A named deviation from the service; `hour4 list services` names them.' }),
  ...lifetimes,
  ...replacement,
  ...limits,
  ...words,
  unmodelled,
})
  .superRefine((said, context) => {
    tellContradictions(said, context);
    const claimed = new Set<string>();
    for (const [index, { at, causes }] of (said.errors ?? []).entries()) {
      for (const cause of causes) {
        const claim = `${at} ${cause}`;
        if (claimed.has(claim)) {
          const message = `claims "${cause}" at the ${at} endpoint, as another does: leave it to one of them`;
          context.addIssue({ code: 'custom', input: causes, path: ['errors', index, 'causes'], message });
        }
        claimed.add(claim);
      }
    }
  })
  .meta({ id: 'knobs' });

/** The knobs of one service as they are written. */
export type ServiceKnobs = z.input<typeof knobs>;
