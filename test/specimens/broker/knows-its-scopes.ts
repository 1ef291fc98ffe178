// Healthy in another style: it knows which scope a service wants for what, and refuses a call that lacks it before it is sent.

import { broker } from './broker.ts';

export default broker({
  foresees: ({ id, service, scopes }, { method, path }) =>
    service === 'crm' && method !== 'GET' && path.startsWith('/v1/items') && !scopes.includes('write')
      ? {
          code: 'PERMISSION_DENIED',
          message: `${id} was granted ${scopes.join(' ')}, and ${method} ${path} needs the scope write.`,
          retryable: false,
        }
      : null,
});
