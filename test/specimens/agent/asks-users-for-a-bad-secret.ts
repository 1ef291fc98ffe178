// Sick: whatever the token endpoint refuses, its owner is asked for a new consent, also where it is the client that is refused.

import { agent } from './overnight.ts';

export default agent({ needsConsent: () => true });
