// Sick of one thing: its files are written over where they stand, so that a write that ends in the middle leaves half a file.

import { writeFileSync } from 'node:fs';
import { broker } from './broker.ts';

export default broker({
  keeps: (store) => ({
    ...store,
    write: (id, kept) => writeFileSync(store.fileOf(id), JSON.stringify(kept)),
  }),
});
