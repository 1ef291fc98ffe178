// In what our `plain` and oidc-provider are known to differ, and why each difference stands. docs/oidc.md lists them too.

import type { Heard, Step } from './histories.ts';

/** A known difference. */
export interface Difference {
  readonly id: string;
  /** What ours answered made equal to what theirs answered, as far as this difference goes; null where it is not met. */
  /** Whether the families then have different fates, so that there is nothing more to compare. */
  readonly parts?: true;
  level(step: Step | null, ours: Heard, theirs: Heard): Heard | null;
}

const withField = (heard: Heard, ...names: readonly string[]): Heard => ({
  ...heard,
  fields: [...heard.fields, ...names].sort(),
});
const lacks = (ours: Heard, theirs: Heard, name: string) =>
  theirs.fields.includes(name) && !ours.fields.includes(name);

/** Every one of them; a test holds that each is met, so that none outlives its reason. */
export const DIFFERENCES: readonly Difference[] = [
  {
    // Theirs looks at the scope first, and spares the family of a spent token that also asks for too much.
    id: 'spent-and-too-wide',
    parts: true,
    level: (_step, ours, theirs) =>
      ours.truth === 'rotated' && theirs.truth === 'scope-exceeds' ? ours : null,
  },
  {
    // Theirs looks at the age first, and spares the family of a spent token that is too old as well.
    id: 'spent-and-too-old',
    parts: true,
    level: (_step, ours, theirs) => (ours.truth === 'rotated' && theirs.truth === 'idle' ? ours : null),
  },
  {
    // Theirs forgets a dead token, and then knows it no better than one that nobody issued. So the words are the same.
    id: 'forgotten',
    level: (step, ours, theirs) => {
      const isForgotten =
        theirs.truth === 'unknown-token' || (step?.do === 'revoke' && theirs.truth === 'ok');
      return isForgotten && ours.truth !== 'ok' && ours.truth !== theirs.truth
        ? { ...ours, truth: theirs.truth }
        : null;
    },
  },
  {
    // The same forgetfulness: ours still knows whose a dead token was, and tells another client so.
    id: 'dead-and-anothers',
    level: (step, ours, theirs) =>
      step?.do === 'revoke' && step.by === 'foreign' && ours.status === 400 && theirs.status === 200
        ? { ...theirs, step }
        : null,
  },
  {
    // RFC 6749 section 5.2 names "no client authentication included" among the reasons for invalid_client.
    id: 'no-credentials',
    level: (_step, ours, theirs) =>
      ours.error === 'invalid_client' && ours.status === 401 && theirs.error === 'invalid_request'
        ? { ...ours, status: 400, error: 'invalid_request' }
        : null,
  },
  {
    // Theirs names the scopes that were too much, in a member that no RFC has.
    id: 'scope-member',
    level: (_step, ours, theirs) =>
      ours.error === 'invalid_scope' && lacks(ours, theirs, 'scope') ? withField(ours, 'scope') : null,
  },
  {
    // Plain is an OAuth server and no OpenID provider.
    id: 'id-token',
    level: (_step, ours, theirs) => (lacks(ours, theirs, 'id_token') ? withField(ours, 'id_token') : null),
  },
  {
    // RFC 6750 section 3.1: no error code where no credentials came along. Theirs sends one in the body.
    id: 'call-without-token',
    level: (step, ours, theirs) =>
      step?.do === 'call' && ours.error === 'unauthorized' && theirs.error === 'invalid_token'
        ? withField({ ...ours, error: 'invalid_token' }, 'error_description')
        : null,
  },
  {
    // Another resource: user information there, the account here.
    id: 'resource',
    level: (step, ours, theirs) =>
      step?.do === 'call' && ours.status === 200 && theirs.status === 200
        ? { ...ours, fields: theirs.fields }
        : null,
  },
];
