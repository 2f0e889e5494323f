/** Runs every gate: what can be said about the tree without running its tests. */
import { closingLine } from './testing/closing-line.ts';
import { runGates } from './testing/gates.ts';

process.exitCode = closingLine(await runGates());
