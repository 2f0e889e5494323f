/** A process that breaks one rule by the name in its arguments, and exits with NOTICED when the rule's own test notices. */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { resolve } from 'node:path';
import { Loader } from './load-mutated.ts';
import { applied, NAMED, NOTICED } from './named.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const named = NAMED.find(({ name }) => name === process.argv[2]);
if (named === undefined) throw new Error(`no mutant has the name ${process.argv[2]}`);
const file = resolve(ROOT, named.file);
const loader = new Loader(file, stripTypeScriptTypes(applied(named, readFileSync(file, 'utf8'))));
const { units } = await loader.load(resolve(ROOT, named.test));
for (const unit of units) await unit.run().catch(() => process.exit(NOTICED));
process.exit(0);
