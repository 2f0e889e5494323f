/** Loaded into the app's process before anything else: the break that `TRUTH_BREAK` names changes what is loaded. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyBreak } from './apply-break.ts';
import { BREAKS } from './breaks.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const broken = BREAKS.find(({ name }) => name === process.env.TRUTH_BREAK);

if (broken !== undefined) {
  registerHooks({
    load: (url, context, next) => {
      const file = url.startsWith('file:') ? relative(ROOT, fileURLToPath(url)) : '';
      if (!broken.edits.some((edit) => edit.file === file)) return next(url, context);
      const source = applyBreak(broken, file, readFileSync(fileURLToPath(url), 'utf8'));
      return { format: 'module-typescript', shortCircuit: true, source };
    },
  });
}
