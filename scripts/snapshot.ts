/** Writes what the product is seen to do from outside into `test/snapshot/`: the test compares it byte by byte. */
import { STATIC_SNAPSHOTS } from '../test/support/snapshot/static-snapshots.ts';
import { store } from '../test/support/snapshot/stored.ts';

for (const [name, textOf] of Object.entries(STATIC_SNAPSHOTS)) {
  const text = await textOf();
  store(name, text);
  process.stdout.write(`test/snapshot/${name}: ${text.length} characters\n`);
}
