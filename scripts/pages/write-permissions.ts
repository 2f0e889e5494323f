import { mkdirSync, writeFileSync } from 'node:fs';
import { generatedFromPermissions } from './generated-from-permissions.ts';

/** Writes what is generated from the table of permissions; a test compares the files with it. */
for (const [path, text] of Object.entries(generatedFromPermissions())) {
  const target = new URL(`../../${path}`, import.meta.url);
  mkdirSync(new URL('.', target), { recursive: true });
  writeFileSync(target, text);
}
