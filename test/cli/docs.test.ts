import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { COMMANDS } from '../../cli/commands/index.ts';
import { EXIT_CODES } from '../../cli/exit-codes.ts';
import { readArguments } from '../../cli/read-arguments.ts';
import { commandsIn } from '../support/docs/shell-commands.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** What a page's variables stand for. */
const VALUES: Readonly<Record<string, string>> = {
  $CASE: '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35-1',
  $LEAVER: '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35',
  $UPN: 'alex.moreau@northwind-capital.example',
  $FINDING: 'F-0123456789ab',
  $HASH: '0'.repeat(64),
};

/** Every command line of the CLI that a page shows, in a block or in the text. */
function linesOf(page: string): string[][] {
  const markdown = read(page);
  const fences = [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)];
  const blocks = fences.flatMap(([, language = '', text = '']) =>
    ['', 'sh', 'bash'].includes(language) ? [text] : [],
  );
  const lines = blocks.map((text) =>
    text
      .split('\n')
      .filter((line) => line.includes('offboard '))
      .join('\n'),
  );
  const inline = [...markdown.matchAll(/`(offboard [^`<]*)`/g)].map(([, text = '']) => text);
  return [...lines, ...inline].flatMap((text) =>
    commandsIn(text).flatMap(({ program, args }) => {
      if (program === 'offboard') return [[...args]];
      const at = args.indexOf('offboard');
      return program === 'npm' && at > 0 ? [args.slice(at + 2)] : [];
    }),
  );
}

test('every command line of the CLI in README and docs parses', () => {
  const pages = ['README.md', ...globSync('docs/**/*.md', { cwd: root })];
  let seen = 0;
  for (const page of pages) {
    for (const args of linesOf(page)) {
      const said = args.map((word) => VALUES[word] ?? word);
      const found = COMMANDS.filter(({ name }) => name.split(' ').every((word, at) => said[at] === word));
      const [command] = found.toSorted((one, other) => other.name.length - one.name.length);
      assert.ok(command, `${page}: offboard ${args.join(' ')}`);
      const result = readArguments(command, said.slice(command.name.split(' ').length));
      assert.ok('given' in result, `${page}: offboard ${args.join(' ')}: ${'faults' in result ? result.faults : ''}`);
      seen += 1;
    }
  }
  assert.ok(seen > COMMANDS.length, String(seen));
});

test('docs/cli.md has every exit code in its table', () => {
  const rows = [...read('docs/cli.md').matchAll(/^\| (\d+) \| (.+) \|$/gm)].map(([, code, about]) => [
    Number(code),
    about,
  ]);
  assert.deepEqual(
    rows,
    Object.values(EXIT_CODES).map(({ code, about }) => [code, about]),
  );
});
