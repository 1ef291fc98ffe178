// Sick: a refused call is first sent once more with the same dead token.

import { agent } from './overnight.ts';

export default agent({
  heal: async ({ tell, refresh, send }) => {
    tell();
    await send();
    await refresh();
    return send();
  },
});
