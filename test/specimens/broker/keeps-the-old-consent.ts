// Sick of one thing: of a new consent it takes the refresh token only, and goes on with the access token of the one before.

import { broker } from './broker.ts';

export default broker({ accessAfterConsent: (held) => held });
