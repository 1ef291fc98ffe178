// @ts-check
// The class of FileHandles, which is reached only through one of them: for whoever changes what they do.
import fs from 'node:fs';

/** Asked for at once, for a file takes its turns to open and close. */
const opening = fs.promises.open('/', 'r');

/** @returns {Promise<any>} its prototype */
async function prototypeOfHandles() {
  const handle = await opening;
  await handle.close();
  return Object.getPrototypeOf(handle);
}

export const handlePrototype = prototypeOfHandles();
