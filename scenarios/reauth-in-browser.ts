// The whole way back: a revoked grant, a page, a person who signs in and consents, and the work that goes on.

import type { Scenario } from '../harness/scenario.ts';
import { AT_A_PAGE } from './consent-at-a-page.ts';

export default {
  ...AT_A_PAGE,
  id: 'reauth-in-browser',
  title: 'A user revokes the consent, and gives a new one at the page of the service',
  why: 'A real consent is a login, a page, a redirect and a code, and only a person can give it: what was paused must wait for that, and then go on.',
} satisfies Scenario;
