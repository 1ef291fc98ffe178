// Sick of one thing: a call that lacks a scope is refused before it is sent, and nobody is told what it lacks.

import { broker } from './broker.ts';

export default broker({
  foresees: ({ service, scopes }, { method }) =>
    service === 'crm' && method !== 'GET' && !scopes.includes('write')
      ? { code: 'PERMISSION_DENIED', message: 'This cannot be done.', retryable: false }
      : null,
});
