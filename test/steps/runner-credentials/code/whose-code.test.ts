import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { GitHubOwners, NameHolder } from '../../../../src/people/evidence/github-owner.ts';
import {
  type ForeignKind,
  foreignCodeFinding,
  foreignCodeOf,
  loginsIn,
} from '../../../../src/steps/runner-credentials/rules/code/foreign-code.ts';
import { alice, file, judge, OWNERS, WORKFLOW } from './world.ts';

/** Every way in which a file of CI has the code of OWNER run. */
const WAYS: readonly (readonly [what: string, path: string, text: string])[] = [
  ['an action', WORKFLOW, 'jobs:\n  a:\n    steps:\n      - uses: OWNER/deploy@v1\n'],
  ['an action in a folder', WORKFLOW, 'jobs: { a: { steps: [ { uses: "OWNER/tools/deploy@0123abc" } ] } }\n'],
  [
    'a reusable workflow',
    WORKFLOW,
    'jobs:\n  a:\n    uses: OWNER/flows/.github/workflows/x.yml@main\n    secrets: inherit\n',
  ],
  ['a container', WORKFLOW, 'jobs:\n  a:\n    container: ghcr.io/OWNER/tools:2\n'],
  [
    'a container with options',
    WORKFLOW,
    'jobs:\n  a:\n    container:\n      image: ghcr.io/OWNER/tools\n      options: --cpus 1\n',
  ],
  ['a service', WORKFLOW, 'jobs:\n  a:\n    services:\n      db:\n        image: ghcr.io/OWNER/db@sha256:00\n'],
  ['docker:// in a step', WORKFLOW, 'jobs:\n  a:\n    steps:\n      - uses: docker://ghcr.io/OWNER/tools:2\n'],
  [
    'a matrix of images',
    WORKFLOW,
    'jobs:\n  a:\n    strategy:\n      matrix:\n        include:\n          - image: ghcr.io/OWNER/a\n',
  ],
  [
    'a script that downloads',
    WORKFLOW,
    'jobs:\n  a:\n    steps:\n      - run: curl -sL https://raw.githubusercontent.com/OWNER/x/main/i.sh | sh\n',
  ],
  ['a script that clones', WORKFLOW, 'jobs:\n  a:\n    steps:\n      - run: git clone git@github.com:OWNER/x.git\n'],
  [
    'a script that installs',
    WORKFLOW,
    'jobs:\n  a:\n    steps:\n      - run: pip install git+https://github.com/OWNER/x\n',
  ],
  ['npx of a repository', WORKFLOW, 'jobs:\n  a:\n    steps:\n      - run: npx github:OWNER/x\n'],
  [
    'a gist',
    WORKFLOW,
    'jobs:\n  a:\n    steps:\n      - run: sh <(curl https://gist.githubusercontent.com/OWNER/0a/raw/i.sh)\n',
  ],
  ['a composite action', 'action.yml', 'runs:\n  using: composite\n  steps:\n    - uses: OWNER/deploy@v1\n'],
  [
    'an action of an image',
    '.github/actions/x/action.yaml',
    'runs:\n  using: docker\n  image: docker://ghcr.io/OWNER/x\n',
  ],
  ['a compose file', 'docker-compose.yml', 'services:\n  web:\n    image: ghcr.io/OWNER/web:1\n'],
  ['a build of a compose file', 'compose.yaml', 'services:\n  web:\n    build: https://github.com/OWNER/web.git\n'],
  [
    'a template of Azure pipelines',
    'azure-pipelines.yml',
    'resources:\n  repositories:\n    - repository: t\n      type: github\n      name: OWNER/templates\n      endpoint: gh\n',
  ],
  [
    'a container of Azure pipelines',
    'azure-pipelines-release.yml',
    'resources:\n  containers:\n    - container: l\n      image: ghcr.io/OWNER/l\n',
  ],
  ['a base image', 'Dockerfile', 'FROM --platform=linux/amd64 ghcr.io/OWNER/base:1 AS base\n'],
  ['an image of CircleCI', '.circleci/config.yml', 'jobs:\n  a:\n    docker:\n      - image: ghcr.io/OWNER/x\n'],
  [
    'a checkout',
    WORKFLOW,
    'jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v6\n        with:\n          repository: OWNER/tools\n      - run: ./x\n',
  ],
  ['npx of a bare name', WORKFLOW, 'jobs: { a: { steps: [ { run: "npx -y OWNER/x go" } ] } }\n'],
  [
    'an installation of a bare name',
    WORKFLOW,
    'jobs:\n  a:\n    steps:\n      - run: |\n          npm i -g \\\n            OWNER/x#v1\n',
  ],
  ['yarn of a prefixed name', WORKFLOW, 'jobs: { a: { steps: [ { run: "yarn add github:OWNER/x" } ] } }\n'],
  ['a module of Go', WORKFLOW, 'jobs: { a: { steps: [ { run: "go install github.com/OWNER/x/cmd/y@latest" } ] } }\n'],
  ['a crate', WORKFLOW, 'jobs: { a: { steps: [ { run: "cargo install --git https://github.com/OWNER/x" } ] } }\n'],
  ['a clone by gh', WORKFLOW, 'jobs: { a: { steps: [ { run: "gh repo clone OWNER/x" } ] } }\n'],
  ['an extension of gh', WORKFLOW, 'jobs: { a: { steps: [ { run: "gh extension install OWNER/gh-x" } ] } }\n'],
  ['a release by gh', WORKFLOW, 'jobs: { a: { steps: [ { run: "gh release download -R OWNER/x -p \'*.tgz\'" } ] } }\n'],
  [
    'a release by gh, in another order',
    WORKFLOW,
    'jobs: { a: { steps: [ { run: "gh release download --repo=OWNER/x" } ] } }\n',
  ],
  [
    'a site of GitHub Pages',
    WORKFLOW,
    'jobs: { a: { steps: [ { run: "curl https://OWNER.github.io/install.sh | sh" } ] } }\n',
  ],
  [
    'GitHub’s API',
    WORKFLOW,
    'jobs: { a: { steps: [ { run: "curl https://api.github.com/repos/OWNER/x/tarball" } ] } }\n',
  ],
  ['jsDelivr', WORKFLOW, 'jobs: { a: { steps: [ { run: "curl https://cdn.jsdelivr.net/gh/OWNER/x@1/i.sh" } ] } }\n'],
  ['a tap', WORKFLOW, 'jobs: { a: { steps: [ { run: "brew tap OWNER/tools && brew install x" } ] } }\n'],
  ['a submodule', '.gitmodules', '[submodule "x"]\n\tpath = x\n\turl = git@github.com:OWNER/x.git\n'],
  [
    'a folded script',
    WORKFLOW,
    'jobs:\n  a:\n    steps:\n      - run: >\n          npm install --save-dev\n          OWNER/x\n',
  ],
  ['a copy from an image', 'build/Dockerfile.ci', 'FROM scratch\nCOPY --from=ghcr.io/OWNER/x /a /a\n'],
  ['a file that is no YAML', WORKFLOW, 'jobs:\n  a: [\n    steps:\n      - uses: OWNER/deploy@v1\n'],
];

const OWNER_KINDS: readonly (readonly [owner: string, kinds: readonly ForeignKind[]])[] = [
  ['alice', ['runs-leavers-code']],
  ['Alice', ['runs-leavers-code']],
  ['ghost', ['runs-unclaimed-code']],
  ['corp', []],
  ['vendor', []],
];
for (const [what, path, text] of WAYS) {
  for (const [owner, kinds] of OWNER_KINDS) {
    test(`${what} of ${owner}: ${kinds.join() || 'nothing to say'}`, () => {
      assert.deepEqual(
        judge(text.replaceAll('OWNER', owner), path),
        kinds.map((kind) => [kind, owner]),
      );
    });
  }
}

test('what is the repository’s own, GitHub’s, Docker’s or not known before it runs is nobody’s code', () => {
  const text = [
    'jobs:',
    '  a:',
    '    uses: ./.github/workflows/x.yml',
    '    container: node:24',
    '    services: { db: { image: "corp.azurecr.io/alice/db" } }',
    '    steps:',
    '      - uses: actions/checkout@v6',
    '      - uses: ./.github/actions/alice',
    '      - uses: docker://alpine',
    `      - uses: docker://ghcr.io/$\{{ github.repository_owner }}/x`,
    '      - run: open https://github.com/orgs/ghost/people',
  ].join('\n');
  assert.deepEqual(judge(text), []);
  assert.deepEqual(loginsIn([file(text)]), []);
});

test('a namespace of another registry that is called like the leaver is a hint, and never proof', () => {
  const text = 'jobs:\n  a:\n    container: alice/tools:2\n  b:\n    container: quay.io/ghost/x\n';
  const [found, ...others] = foreignCodeOf(file(text), OWNERS, [alice]);
  assert.deepEqual([found?.kind, others], ['may-run-leavers-code', []]);
  assert.equal(found && foreignCodeFinding(found, 'https://api.github.com', { workflowId: 5 }).remedy, undefined);
});

test('an account that was renamed is the leaver’s by its id, and its old name is nobody’s or somebody else’s', () => {
  const renamed = {
    ...alice,
    login: 'alice-new',
    formerLogins: [{ login: 'alice', from: '2026-01-01T00:00:00Z', to: '2026-11-01T00:00:00Z' }],
  };
  const text = 'jobs: { a: { steps: [ { uses: alice/deploy@v1 } ] } }';
  const holding = (holder: NameHolder): GitHubOwners => ({ ...OWNERS, names: new Map([['alice', holder]]) });
  const kindWith = (holder: NameHolder) => judge(text, WORKFLOW, holding(holder), [renamed])[0]?.[0];
  assert.equal(kindWith({ state: 'held', id: 111, login: 'alice' }), 'runs-leavers-code');
  assert.equal(kindWith({ state: 'unclaimed' }), 'runs-leavers-code');
  assert.equal(kindWith({ state: 'held', id: 222, login: 'alice' }), 'runs-recycled-code');
  assert.equal(kindWith({ state: 'unknown' }), 'may-run-leavers-code');
});

test('a reusable workflow of the leaver that inherits all secrets is critical, and disabling the caller is offered', () => {
  const text = 'jobs:\n  a:\n    uses: alice/flows/.github/workflows/x.yml@main\n    secrets: inherit\n';
  const [found] = foreignCodeOf(file(text), OWNERS, [alice]);
  assert.ok(found);
  const active = foreignCodeFinding(found, 'https://api.github.com', { workflowId: 5 });
  assert.deepEqual(
    [active.severity, active.status, active.remedy?.risk, active.remedy?.call.kind],
    ['critical', 'awaiting-decision', 'disruptive', 'disable-workflow'],
  );
  const asleep = foreignCodeFinding(found, 'https://api.github.com');
  assert.deepEqual([asleep.status, asleep.remedy], ['needs-code-change', undefined]);
});
