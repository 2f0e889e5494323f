import assert from 'node:assert/strict';
import { test } from 'node:test';
import { namedFiles } from '../../../../src/steps/runner-credentials/rules/named-files.ts';

const WORKFLOW = '.github/workflows/a.yml';
const ACTION = (folder: string) => ['action.yml', 'action.yaml', 'Dockerfile'].map((file) => `${folder}/${file}`);

/** A file, what stands in it, and the paths that it names. */
const FILES: readonly (readonly [what: string, path: string, text: string, files: readonly string[]])[] = [
  // Actions and workflows of the repository.
  ['an action of a folder', WORKFLOW, 'uses: ./x', ACTION('x')],
  ['a workflow, in any letters', WORKFLOW, 'uses: ./x/b.YML', ['x/b.YML']],
  ['an action whose folder looks like a file', WORKFLOW, 'uses: ./x.yml.d', ACTION('x.yml.d')],
  ['an action that ends like a local one', WORKFLOW, 'uses: vendor/x./', []],
  [
    'uses in lists, maps and documents',
    WORKFLOW,
    '- [{ uses: ./x.yml }]\n---\na: { b: { uses: ./y.yml } }',
    ['x.yml', 'y.yml'],
  ],
  ['what is no text', WORKFLOW, 'uses: [./x.yml]\ntemplate: 7\nimage: { a: b }', []],
  ['a path with spaces around it', WORKFLOW, 'uses: " ./x.yml"', ['x.yml']],
  [
    'an action from a checkout’s folder',
    WORKFLOW,
    'a: [{ with: { path: ./src/ } }, { uses: ./src/x.yml }]',
    ['src/x.yml', 'x.yml'],
  ],
  [
    'a folder that is called like a checkout’s',
    WORKFLOW,
    'a: [{ with: { path: src } }, { uses: ./src2/x.yml }, { uses: ./y/src/z.yml }]',
    ['src2/x.yml', 'y/src/z.yml'],
  ],
  [
    'a checkout into the root, and one out of it',
    WORKFLOW,
    'a: [{ with: { path: . } }, { with: { path: ../up } }, { uses: ./x.yml }]',
    ['x.yml'],
  ],
  ['a `with` that is no map', WORKFLOW, 'a: [{ with: path }, { uses: ./x.yml }]', ['x.yml']],
  ['no YAML', WORKFLOW, 'a: [\n  uses: "./x.yml"\n  "uses" : ./y\n  uses: vendor/z', ['x.yml', ...ACTION('y')]],
  // Images of actions.
  ['the image of an action, in any letters', 'x/Action.YAML', 'runs: { image: D }', ['x/D']],
  ['the image of an action in the root', 'action.yml', 'runs: { image: /ci/D }', ['ci/D']],
  ['an image of a registry', 'action.yml', 'runs: { image: docker://D }', []],
  ['an image in a file that is no action', 'x/reaction.yml', 'runs: { image: D }', []],
  ['an image in what was an action', 'action.yml.old', 'runs: { image: D }', []],
  // Templates of Azure pipelines.
  ['a template beside the file', 'ci/a.yml', 'template: b.yml', ['ci/b.yml']],
  ['a template above it', 'ci/a.yml', 'template: ../b.yml@self', ['b.yml']],
  ['a template of another repository', 'ci/a.yml', 'a: [{ template: b.yml@selfish }, { template: c.yml@x }]', []],
  ['a template at an address', 'ci/a.yml', 'template: https://x/b.yml', []],
  ['what a pipeline extends', 'ci/a.yml', 'extends: { file: b.yml }', ['ci/b.yml']],
  ['what something else extends', 'ci/a.yml', 'extends: b.yml', []],
  // Includes and imports.
  ['an include, in any letters', 'ci/a.yml', 'include: B.YAML', ['B.YAML', 'ci/B.YAML']],
  ['an import', 'ci/a.yml', 'import: [{ source: /b.yml }, ~, { path: [c.yml] }]', ['b.yml', 'c.yml', 'ci/c.yml']],
  ['an include of an address, or of no YAML', 'ci/a.yml', 'include: [https://x/b.yml, c.yml.md, d.txt]', []],
  // Builds.
  ['a build of a folder', 'ci/a.yml', 'build: app', ['ci/app/Dockerfile']],
  ['a build of an address', 'ci/a.yml', 'build: https://x/app', []],
  ['a build with its context alone', 'ci/a.yml', 'build: { context: app }', ['ci/app/Dockerfile']],
  ['a build without a context', 'ci/a.yml', 'build: { args: [x] }', []],
  ['a build of a context at an address', 'ci/a.yml', 'build: { context: https://x, dockerfile: D }', ['ci/D']],
  ['a build with its file', 'ci/a.yml', 'build: { dockerfile: D }', ['ci/D']],
  ['a build that is a list', 'ci/a.yml', 'build: [app]', []],
  ['a step that builds, from the root', WORKFLOW, 'with: { context: app, file: ci/D }', ['ci/D']],
  ['a step that builds a folder', WORKFLOW, 'with: { context: app }', ['app/Dockerfile']],
  ['a script that builds', 'a.yml', 'run: docker build --file=ci/D -f "ci/E" .', ['ci/D', 'ci/E']],
  ['a script that builds in two lines', 'a.yml', 'run: podman build \\\r\n  -f ci/D .', ['ci/D']],
  ['a script of something else', 'a.yml', 'run: tar -f ci/D\n# docker', []],
  // What is no path of the repository.
  ['points and empty parts', 'ci/a.yml', 'template: ./x//./y/../b.yml', ['ci/x/b.yml']],
  ['what leads out of it', 'ci/a.yml', 'template: ../../b.yml', []],
  ['what is put together when it runs', 'ci/a.yml', 'a: [{ template: "$x/b.yml" }, { template: "b?.yml" }]', []],
  ['the root', 'ci/a.yml', 'template: ..', []],
  [
    'the file itself, and one of them twice',
    'ci/a.yml',
    'a: [{ template: a.yml }, { template: b.yml }, { template: b.yml }]',
    ['ci/b.yml'],
  ],
  ['the longest path', 'a.yml', `template: /${'x'.repeat(499)}`, ['x'.repeat(499)]],
  ['a longer one', 'a.yml', `template: /${'x'.repeat(500)}`, []],
  ['a Dockerfile', 'ci/Dockerfile', 'uses: ./x.yml', []],
];
for (const [what, path, text, files] of FILES) {
  test(`files that a file of CI names: ${what}`, () => assert.deepEqual(namedFiles(path, text), files));
}
