// Sick: every token answer is printed for later debugging.

import { agent } from './overnight.ts';

export default agent({ onTokens: (answer) => console.error('refreshed', answer) });
