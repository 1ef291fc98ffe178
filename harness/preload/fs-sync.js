// @ts-check
// Forcing a file to the disk waits in real time for what virtual time never has: a power cut. Whoever is killed loses
// nothing that was written, and after the run the files are gone. So only the descriptor is looked at.
import fs from 'node:fs';
import { handlePrototype } from './file-handles.js';
import { replace } from './replace.js';

const { fstat, fstatSync } = fs;

/** To be called before anything else is put around `stat`. */
export async function installFsSync() {
  for (const name of ['fsync', 'fdatasync']) {
    replace(
      fs,
      name,
      () => (/** @type {number} */ fd, /** @type {(error: Error | null) => void} */ callback) =>
        fstat(fd, (error) => callback(error)),
    );
    replace(fs, `${name}Sync`, () => (/** @type {number} */ fd) => {
      fstatSync(fd);
    });
  }
  const prototype = await handlePrototype;
  const { stat } = prototype;
  for (const name of ['sync', 'datasync']) {
    replace(
      prototype,
      name,
      () =>
        /** @this {any} */ async function () {
          await stat.call(this);
        },
    );
  }
}
