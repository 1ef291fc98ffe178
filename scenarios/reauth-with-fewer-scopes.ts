// A consent that gives less than before: what it allows goes on, and what it does not allow is said to be so.

import type { Scenario } from '../harness/scenario.ts';
import { AT_A_PAGE } from './consent-at-a-page.ts';

export default {
  ...AT_A_PAGE,
  id: 'reauth-with-fewer-scopes',
  title: 'A user revokes the consent, and gives a narrower one when asked',
  why: 'At the page a person may leave out what goes too far (RFC 6749 section 3.3). The new grant reads and does not write, and each write is a 403 that no refresh and no further consent by the same person heals.',
  person: { without: ['write'] },
} satisfies Scenario;
