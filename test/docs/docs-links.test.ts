import assert from 'node:assert/strict';
import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { linksOfGuide } from '../support/docs/guide.ts';
import { read, root } from './docs-commands-world.ts';

const FIRST_APPLY_PAGES = ['README.md', 'infra/README.md', ...globSync('docs/operations/*.md', { cwd: root }).sort()];

const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
const anchorsOf = (file: string): string[] =>
  [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, name = '']) => anchor(name));

test('there is one first apply, and the README of the infrastructure goes through its page in the same order', () => {
  const applies = FIRST_APPLY_PAGES.filter((file) => /^terraform .*\binit$/m.test(read(file)));
  assert.deepEqual(applies, ['docs/operations/deploy.md']);
  const linked = [...read('infra/README.md').matchAll(/docs\/operations\/deploy\.md#([\w-]+)/g)].map(
    ([, it = '']) => it,
  );
  const sections = anchorsOf('docs/operations/deploy.md');
  assert.ok(linked.length >= 5);
  assert.deepEqual(
    linked,
    sections.filter((section) => linked.includes(section)),
  );
});

test('every link leads somewhere', () => {
  const links = linksOfGuide();
  assert.ok(links.length > 20);
  for (const { from, to } of links) {
    const [file = '', fragment] = to.split('#');
    assert.ok(existsSync(path.join(root, file)), `${from}: ${to}`);
    if (fragment === undefined) continue;
    assert.ok(anchorsOf(file).includes(fragment), `${from}: ${to}`);
  }
});
