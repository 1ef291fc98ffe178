// A person who says no: the work stays where it was, and nobody is asked again and again.

import type { Scenario } from '../harness/scenario.ts';
import { AT_A_PAGE } from './consent-at-a-page.ts';

export default {
  ...AT_A_PAGE,
  id: 'reauth-cancelled',
  title: 'A user revokes the consent, and does not give a new one when asked',
  why: 'A person who is asked may say no. What was paused stays paused, and neither the service nor the person is asked again and again.',
  person: { cancels: true },
} satisfies Scenario;
