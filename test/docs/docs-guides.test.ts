import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { stepsOfGuide } from '../../scripts/guide-steps.ts';
import { commandsIn } from '../support/docs/shell-commands.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const GUIDES = globSync('docs/adding-a-*.md', { cwd: root }).sort();
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

test('there is a guide for each thing that is added', () => {
  assert.deepEqual(
    GUIDES.map((guide) => path.basename(guide, '.md')),
    ['adding-a-check', 'adding-a-remedy', 'adding-a-source', 'adding-a-step', 'adding-a-vendor'],
  );
});

for (const guide of GUIDES) {
  const markdown = read(guide);
  const steps = stepsOfGuide(markdown);
  const made = steps.flatMap(({ kind, path: file }) => (kind === 'new' ? [file] : []));
  /** What is there, or is by the end of the guide. */
  const isThere = (file: string): boolean =>
    existsSync(path.join(root, file)) ||
    made.some((each) => each === file || each.startsWith(file.replace(/\/?$/, '/')));

  test(`${guide}: its example applies to the code as it is`, () => {
    assert.ok(steps.length > 5);
    for (const file of made) assert.ok(!existsSync(path.join(root, file)), `${file} is there already`);
    for (const { path: file, text } of steps.filter(({ kind }) => kind === 'change')) {
      const { status, stderr } = spawnSync('git', ['apply', '-C1', '--check', '-'], {
        cwd: root,
        input: text,
        encoding: 'utf8',
      });
      assert.equal(status, 0, `the change of ${file} does not apply: ${stderr}`);
    }
  });

  test(`${guide}: every file that it names is there`, () => {
    const named = [
      ...markdown.matchAll(
        /`((?:src|activities|orchestrations|local|test|scripts|docs|infra|schemas|console)\/[\w./-]*)`/g,
      ),
    ].map(([, file = '']) => file);
    assert.ok(named.length > 5);
    for (const file of named) assert.ok(isThere(file) || file.startsWith('test/golden/'), file);
    for (const [, to = ''] of markdown.replaceAll(/```[\s\S]*?```/g, '').matchAll(/\]\(([^)#]+)/g))
      assert.ok(existsSync(path.join(root, 'docs', to)), to);
  });

  test(`${guide}: its commands run something that there is`, () => {
    const commands = [...markdown.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, text = '']) => commandsIn(text));
    assert.ok(commands.length > 5);
    for (const { program, args } of commands) {
      assert.ok(['git', 'node', 'npm', 'npx'].includes(program), program);
      if (program === 'npx') assert.equal(args[0], 'node', 'npx runs the project’s own Node and nothing else');
      const [first = '', ...others] = args.filter((arg) => !arg.startsWith('-'));
      if (program === 'npm') {
        const name = first === 'run' ? others[0] : first;
        assert.ok(name !== undefined && name in scripts, `npm ${args.join(' ')}`);
      }
      const files = program === 'git' ? [] : [first, ...others].filter((arg) => arg.includes('/'));
      for (const file of files) assert.ok(isThere(file), `${program} ${args.join(' ')}: ${file}`);
    }
  });
}
