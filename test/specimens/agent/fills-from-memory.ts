// Sick: a company that could not be read is taken for the last one that could.

import { agent } from './overnight.ts';

export default agent({
  fieldsWithout: (known, wanted) => [...known.values()].at(-1) ?? wanted.map(() => ''),
});
