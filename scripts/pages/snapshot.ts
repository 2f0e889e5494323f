/** Writes what the product is seen to do from outside into `test/snapshot/`: the test compares it byte by byte. */
import { reportSnapshots } from '../../test/support/snapshot/reports.ts';
import { STATIC_SNAPSHOTS } from '../../test/support/snapshot/static-snapshots.ts';
import { store } from '../../test/support/snapshot/stored.ts';

for (const [name, textOf] of Object.entries(STATIC_SNAPSHOTS)) write(name, await textOf());
for (const [name, text] of await reportSnapshots()) write(name, text);

function write(name: string, text: string): void {
  store(name, text);
  process.stdout.write(`test/snapshot/${name}: ${text.length} characters\n`);
}
