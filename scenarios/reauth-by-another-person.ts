// A sound consent of the wrong person: whoever takes it acts in the name of somebody else from then on.

import type { Scenario } from '../harness/scenario.ts';
import { AT_A_PAGE } from './consent-at-a-page.ts';

export default {
  ...AT_A_PAGE,
  id: 'reauth-by-another-person',
  title: 'Somebody else signs in at the page that asks the owner for a new consent',
  why: 'The link lands with a colleague, or in a browser where somebody else is signed in. The new grant is sound and is another’s: from then on the broker reads and writes in the name of the wrong one.',
  // The owner of the other tenant’s account, at the same service.
  person: { as: 'tenant-2-crm' },
} satisfies Scenario;
