// An example file with a real key in it is copied with the key.

import type { Check } from '../../harness/check.ts';
import { entriesOf } from '../../harness/ledger.ts';
import { counted, failure, type Instance } from './instances.ts';

const fix =
  'Put a placeholder in the file (`API_KEY=<your key>`), revoke the key that was there, and take it out of the history.';

export default {
  id: 'no-key-in-files',
  title: 'No real-looking key lies in the subject’s folder',
  category: 'hygiene',
  loses: 'secret',
  why: 'Keys get into repositories by way of `.env.example`, fixtures and notebooks, and are read by everyone who ever clones them.',
  judged:
    'The texts below the subject’s folder, as they were before the start, are looked through by the rules of secretlint’s recommended preset (dependencies, version control ' +
    'and hour4’s own output left out). The file and the line are told, the key is not.',
  fix,
  // A tool is graded from wherever its user happens to stand.
  kinds: ['agent', 'broker'],
  judge: ({ ledger }) => {
    const searches = entriesOf(ledger, 'folder.searched');
    if (searches.length === 0)
      return { verdict: 'inconclusive', message: 'The subject’s folder was not looked through.' };
    const instances = searches.flatMap(({ at, seq, keys }) =>
      keys.map(({ file, line, looksLike }): Instance => {
        const message = `Line ${line} of ${file} looks like a real key (${looksLike}). No key should lie in a file outside the store.`;
        return { atMs: at, message, evidence: [seq] };
      }),
    );
    if (instances.length > 0) return failure(instances, fix);
    return {
      verdict: 'pass',
      message: `${counted(searches.length, 'search', 'searches')} of the subject’s folder found no key.`,
    };
  },
} satisfies Check;
