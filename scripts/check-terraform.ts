/**
 * Runs Terraform in a module's folder against the committed provider schemas, without internet and without Azure:
 * `npm run infra:check -- infra/modules/network [validate|test|plan …]`; without a command: fmt, validate, test.
 */
import { resolve } from 'node:path';
import { terraform } from '../test/infra/support/terraform.ts';

const [directory, command, ...rest] = process.argv.slice(2);
if (directory === undefined) {
  process.stderr.write('Usage: npm run infra:check -- <folder> [terraform command and its options]\n');
  process.exit(2);
}

const cwd = resolve(directory);
const INIT = ['init', '-backend=false', '-no-color'];
const CHECKS = [['fmt', '-check', '-diff', '-recursive'], INIT, ['validate', '-no-color'], ['test', '-no-color']];

for (const args of command === undefined ? CHECKS : [INIT, [command, ...rest]]) {
  const { code, output } = await terraform(args, { cwd });
  // What init found is worth a line only when it found nothing.
  if (args !== INIT || code !== 0)
    process.stdout.write(`terraform ${args[0]}: ${code === 0 ? 'ok' : 'failed'}\n${output}`);
  if (code !== 0) process.exit(code);
}
