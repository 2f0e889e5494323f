/**
 * Loaded into the app's process before anything else. `RELEASE_STOPS_IN` names an activity that never ends, so that the
 * app can be stopped while a case is at it. `RELEASE=newer` makes the app a release that carries cases out in another way
 * under the same version: an activity has another name, and another one comes before it.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Edit {
  readonly file: string;
  readonly text: string;
  readonly becomes: string;
}

const ROOT = resolve(import.meta.dirname, '../../..');
const STOPS: Edit = {
  file: 'src/durable/activity.ts',
  text: 'const value = await withinDeadline(',
  becomes: `if (definition.name === process.env.RELEASE_STOPS_IN) {
    log.info('the release stops here');
    await new Promise(() => {});
  }
  const value = await withinDeadline(`,
};
const NEWER: readonly Edit[] = [
  { file: 'activities/case/person/identify-leaver.ts', text: "'identifyLeaver'", becomes: "'nameLeaver'" },
  {
    file: 'orchestrations/offboard-leaver.ts',
    text: 'const [made] = yield* callSettled(',
    becomes: `yield* callSettled(context, [prepare(identifyLeaver, { caseId, person })], policy);
  const [made] = yield* callSettled(`,
  },
];
const edits = [STOPS, ...(process.env.RELEASE === 'newer' ? NEWER : [])];

registerHooks({
  load: (url, context, next) => {
    const file = url.startsWith('file:') ? relative(ROOT, fileURLToPath(url)) : '';
    const ours = edits.filter((edit) => edit.file === file);
    if (ours.length === 0) return next(url, context);
    const source = ours.reduce(
      (text, edit) => {
        if (!text.includes(edit.text)) throw new Error(`${edit.file} has no text “${edit.text}”`);
        return text.replace(edit.text, () => edit.becomes);
      },
      readFileSync(fileURLToPath(url), 'utf8'),
    );
    return { format: 'module-typescript', shortCircuit: true, source };
  },
});
