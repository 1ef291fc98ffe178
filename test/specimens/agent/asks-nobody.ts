// Sick: a grant that is over is given up in good order, and nobody is asked for a new one.

import { agent } from './overnight.ts';

export default agent({ needsConsent: () => false });
