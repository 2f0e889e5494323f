/**
 * What runs the tests of rules loads this before anything else: notes at their end which lines of the rules were never run. V8 is
 * asked for the pure folders alone; what `NODE_V8_COVERAGE` writes of a whole process takes longer than most tests.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { type Profiler, Session } from 'node:inspector';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isPure } from '../pure-folders.ts';

const root = resolve(import.meta.dirname, '../..');
const { RULES_COVERAGE: folder } = process.env;

if (folder !== undefined) {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: false, detailed: true });
  process.once('exit', () => {
    session.post('Profiler.takePreciseCoverage', (_, taken) => {
      const rules = (taken?.result ?? []).flatMap((script) => {
        const file = script.url.startsWith('file:') ? relative(root, fileURLToPath(script.url)) : '';
        return isPure(file) ? [[file, unrunLines(script, readFileSync(join(root, file), 'utf8'))]] : [];
      });
      writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify(Object.fromEntries(rules)));
    });
  });
}

/** The lines of a source of which some character was in a block that never ran, from 1. Types are blanked, not cut. */
function unrunLines({ functions }: Profiler.ScriptCoverage, source: string): number[] {
  // An inner range stands behind the outer one, and says it better.
  const runs = new Uint8Array(source.length).fill(1);
  for (const { startOffset, endOffset, count } of functions.flatMap(({ ranges }) => ranges))
    runs.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  let at = 0;
  return source.split('\n').flatMap((line, index) => {
    const indent = line.length - line.trimStart().length;
    const isUnrun =
      line.trim() !== '' && runs.subarray(at + indent, at + line.trimEnd().length).every((ran) => ran === 0);
    at += line.length + 1;
    return isUnrun ? [index + 1] : [];
  });
}
