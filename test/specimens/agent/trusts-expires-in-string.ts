// Sick of one thing: a lifetime is added to the clock as it comes, and a string is not added but appended.

import { agent } from './overnight.ts';

export default agent({
  endOf: (expiresIn) => (Math.floor(Date.now() / 1000) + (expiresIn as number)) * 1000,
});
