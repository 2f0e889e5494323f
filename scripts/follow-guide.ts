/**
 * Does what the code blocks of a guide say: `node scripts/follow-guide.ts docs/adding-a-check.md` writes its new files
 * and applies its changes, and prints each path. `--list` only says what it would do.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stepsOfGuide } from './guide-steps.ts';

const [guide = '', only] = process.argv.slice(2);
const steps = stepsOfGuide(readFileSync(guide, 'utf8'));
for (const step of steps) {
  process.stdout.write(`${step.kind === 'new' ? 'new    ' : 'changed'} ${step.path}\n`);
  if (only === '--list') continue;
  if (step.kind === 'change') {
    execFileSync('git', ['apply', '-C1', '--whitespace=nowarn', '-'], { input: step.text });
    continue;
  }
  mkdirSync(path.dirname(step.path), { recursive: true });
  writeFileSync(step.path, step.text);
}
