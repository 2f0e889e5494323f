import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

/** Imports the files in a process of their own; returns every file of the checkout that was loaded for them. */
export function loadedBy(files: readonly string[]): string[] {
  const program = `
    import { registerHooks } from 'node:module';
    const loaded = new Set();
    registerHooks({ load: (url, context, next) => (loaded.add(url), next(url, context)) });
    for (const file of ${JSON.stringify(files)}) await import('./' + file);
    console.log(JSON.stringify([...loaded]));`;
  const answer: unknown = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', program], { cwd: root, encoding: 'utf8' }),
  );
  const home = `file://${root}/`;
  return Array.isArray(answer) ? answer.map((url) => String(url).replace(home, '')) : [];
}
