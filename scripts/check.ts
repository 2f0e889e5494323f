/** Runs every gate: what can be said about the tree without running its tests. */
import { closingLine } from './closing-line.ts';
import { runGates } from './gates.ts';

process.exitCode = closingLine(await runGates());
