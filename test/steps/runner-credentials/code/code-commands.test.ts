import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsIn } from '../../../../src/steps/runner-credentials/rules/code/code-commands.ts';
import { inShort } from './world.ts';

const COMMANDS: Readonly<Record<string, readonly string[]>> = {
  // Package managers of JavaScript: a repository, a scope, or a folder.
  'npm i alice/x': ['package github alice: npm i alice/x'],
  'npm i Alice/x#v1': ['package github Alice: npm i Alice/x#v1'],
  'npm  install   "alice/x"': ['package github alice: npm install alice/x'],
  'npm -g i alice/x': ['package github alice: npm i alice/x'],
  'npm i -g alice/x bob/y': ['package github alice: npm i alice/x', 'package github bob: npm i bob/y'],
  'npm i --loglevel alice/x': ['package? github alice: npm i alice/x'],
  'npm i @Alice/x': ['package npmjs.com Alice: npm i @Alice/x'],
  'npm i alice/x#@b': ['package github alice: npm i alice/x#@b'],
  'npm i alice/x-': ['package github alice: npm i alice/x-'],
  'npm i x- alice/y': ['package github alice: npm i alice/y'],
  'npm i -w alice/web': [],
  'npm i -w @alice/web': ['package npmjs.com alice: npm i @alice/web'],
  'npm i alice/x/y': [],
  'npm i my.folder/x': [],
  'npm i --no-save': [],
  npm: [],
  'npm run alice/x': [],
  'yarn global add alice/x': ['package github alice: yarn global add alice/x'],
  'yarn global upgrade alice/x': [],
  'npm exec -- alice/x': ['package github alice: npm exec alice/x'],
  'npx alice/x go': ['package github alice: npx alice/x'],
  'npx eslint alice/web': [],
  'npx --yes alice/x bob/y': ['package github alice: npx alice/x'],
  'npx --shell bash alice/x bob/y': ['package github alice: npx alice/x'],
  'npx --shell alice/x': ['package? github alice: npx alice/x'],
  'npx -p alice/x -p bob/y go': [
    'package? github alice: npx alice/x',
    'package? github bob: npx bob/y',
    'package github alice: npx alice/x',
    'package github bob: npx bob/y',
  ],
  'npx --package="alice/x" go': ['package? github alice: npx alice/x', 'package github alice: npx alice/x'],
  // GitHub's command line.
  'gh repo clone Alice/x': ['download github Alice: gh repo clone Alice/x'],
  'gh repo clone alice/x@v1': ['download github alice: gh repo clone alice/x@v1'],
  'gh repo clone alice/x/y': [],
  'gh repo clone al.ice/x': [],
  'gh repo view alice/x': [],
  'gh release download v1 -R alice/x': ['download github alice: gh release download alice/x'],
  'gh release download -Ralice/x': ['download github alice: gh release download alice/x'],
  'gh release download -R=alice/x': ['download github alice: gh release download alice/x'],
  "gh release download --repo='alice/x'": ['download github alice: gh release download alice/x'],
  'gh release download x--repo=alice/y x-Ralice/y --repo=': [],
  'gh release download alice/x': [],
  'gh api repos/alice/x/tarball': ['download github alice: gh api repos/alice/x/tarball'],
  'gh api /repos/alice/x': ['download github alice: gh api /repos/alice/x'],
  'gh api orgs/repos/alice/x': [],
  'gh api alice/x': [],
  // Others.
  'brew install alice/tools/x': ['package github alice: brew install alice/tools/x'],
  'brew install alice/tools a/b/c/d': [],
  'docker run -e A=bob/y alice/x:2': ['image docker.io alice: docker run alice/x:2'],
  'docker run -v ./alice/x:/x alpine alice/x=1': [],
  'docker container run alice/x': ['image docker.io alice: docker container run alice/x'],
  'composer require alice/x': ['package packagist.org alice: composer require alice/x'],
  'C:\\Tools\\NPX.CMD alice/x': ['package github alice: npx alice/x'],
  '/usr/bin/npx.exe alice/x': ['package github alice: npx alice/x'],
  'npx.sh alice/x': [],
  // What separates commands and lines.
  'cd x && npx alice/x; npx bob/y': ['package github alice: npx alice/x', 'package github bob: npx bob/y'],
  'npx \\\r\n  alice/x': ['package github alice: npx alice/x'],
  'npx\nalice/x': [],
  '["npx", "alice/x"]': ['package github alice: npx alice/x'],
  '[] {}': [],
};
for (const [text, references] of Object.entries(COMMANDS)) {
  test(`the command ${JSON.stringify(text)} ${references.length === 0 ? 'fetches nobody’s code' : 'fetches code'}`, () => {
    assert.deepEqual(commandsIn(text).map(inShort), references);
  });
}

test('of a command two hundred words are read, and no more', () => {
  const told = (words: number) => commandsIn(`npm i ${'x '.repeat(words - 2)}alice/x`).length;
  assert.deepEqual([told(200), told(201)], [1, 0]);
});
