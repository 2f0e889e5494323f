import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { GitHubOwners, NameHolder } from '../../../src/people/evidence/github-owner.ts';
import type { GitHubAccount } from '../../../src/people/leaver.ts';
import { ADDRESS_WAYS } from '../../../src/steps/runner-credentials/rules/code/code-addresses.ts';
import { COMMAND_WAYS } from '../../../src/steps/runner-credentials/rules/code/code-commands.ts';
import { KEY_WAYS } from '../../../src/steps/runner-credentials/rules/code/code-keys.ts';
import {
  gitHub,
  imageOf,
  isMap,
  namespaceAt,
} from '../../../src/steps/runner-credentials/rules/code/code-reference.ts';
import {
  codeReferences,
  mentionsIn,
  withMentions,
} from '../../../src/steps/runner-credentials/rules/code/code-references.ts';
import {
  type ForeignKind,
  foreignCodeFinding,
  foreignCodeOf,
  loginsIn,
} from '../../../src/steps/runner-credentials/rules/code/foreign-code.ts';
import { fc } from '../../support/properties.ts';

const alice: GitHubAccount = { login: 'alice', id: 111, source: 'test', confidence: 'proved' };
const NAMES: readonly (readonly [string, NameHolder])[] = [
  ['alice', { state: 'held', id: 111, login: 'alice' }],
  ['corp', { state: 'held', id: 900, login: 'corp' }],
  ['vendor', { state: 'held', id: 304, login: 'vendor' }],
  ['ghost', { state: 'unclaimed' }],
];
const OWNERS: GitHubOwners = { firm: [{ login: 'corp', id: 900 }], names: new Map(NAMES), repositories: new Map() };

const WORKFLOW = '.github/workflows/ci.yml';
const file = (text: string, path = WORKFLOW) => ({
  organisation: 'corp',
  repository: 'api',
  path,
  references: codeReferences(path, text),
});
const judge = (text: string, path = WORKFLOW, owners = OWNERS, accounts = [alice]) =>
  foreignCodeOf(file(text, path), owners, accounts).map(({ kind, owner }) => [kind, owner]);

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

/** Hosts where a name is a hint: the leaver's is asked about, and nobody else's. */
const IN_EXAMPLE = [...KEY_WAYS, ...ADDRESS_WAYS, ...COMMAND_WAYS];
const exampleOf = ({ example, file: path = WORKFLOW }: (typeof IN_EXAMPLE)[number], owner: string) =>
  [example.replaceAll('OWNER', owner), path] as const;

for (const way of IN_EXAMPLE) {
  test(`the table of ways: ${way.what}`, () => {
    const [text, path] = exampleOf(way, 'alice');
    const kinds = judge(text, path);
    assert.equal(kinds.length, 1, JSON.stringify(kinds));
    assert.match(kinds[0]?.[0] ?? '', /^(?:may-)?runs?-leavers-code$/);
    assert.deepEqual(judge(...exampleOf(way, 'vendor')), []);
  });
}

test('docs/trust.md lists every way', () => {
  const page = readFileSync(new URL('../../../docs/trust.md', import.meta.url), 'utf8');
  const missing = IN_EXAMPLE.filter(({ what }) => !page.includes(`- ${what}\n`)).map(({ what }) => `- ${what}`);
  assert.equal(missing.join('\n'), '');
});

test('a name that only looks like the leaver’s is nobody’s, in every way of the table', () => {
  const part = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  const alike = fc.oneof(
    part.map((more) => `alice${more}`),
    part.map((more) => `${more}alice`),
    part.map((more) => `alice-${more}`),
    part.map((more) => `${more}-alice`),
  );
  fc.assert(
    fc.property(fc.constantFrom(...IN_EXAMPLE), alike, (way, owner) => {
      const [text, path] = exampleOf(way, owner);
      const references = withMentions(codeReferences(path, text), mentionsIn(text), ['alice']);
      const found = foreignCodeOf({ ...file(text, path), references }, OWNERS, [alice]);
      assert.deepEqual(
        found.map((each) => each.owner),
        [],
        text,
      );
    }),
    { numRuns: 500 },
  );
});

test('an address of another host that ends or begins alike is another host', () => {
  for (const address of [
    'https://notgithub.com/alice/x',
    'https://github.com.evil.example/alice/x',
    'https://raw.githubusercontent.com.evil.example/alice/x',
    'https://alice.github.io.evil.example/x',
    'https://alice.github.iox/y',
    'https://xcdn-jsdelivr.net/gh/alice/x',
    'ghcr.iox/alice/x',
  ]) {
    assert.deepEqual(judge(`run: curl ${address}`), [], address);
  }
});

test('what a command is told besides is no code of somebody’s', () => {
  for (const command of [
    'npm install -w ghost/web',
    'npm ci --prefix ghost/web',
    'pnpm add --filter ghost/web left-pad',
    'npx eslint ghost/web',
    'npx --yes prettier --write ghost/docs',
    'npm run build ghost/web',
    'npm i ./ghost/web ../ghost/x /ghost/y',
    'gh issue create -R ghost/x',
    'gh workflow run -R ghost/x ci.yml',
    'brew install ghost',
    'docker build -t ghost/x .',
    'docker run -v ghost/x:/x alpine ghost/y',
    'git add ghost/x',
  ]) {
    assert.deepEqual(judge(`run: ${command}`), [], command);
  }
});

test('a repository among what a step is given is the leaver’s or nothing, unless it is a checkout', () => {
  const step = (uses: string, owner: string) =>
    `jobs: { a: { steps: [ { uses: ${uses}, with: { repository: ${owner}/x } } ] } }`;
  assert.deepEqual(judge(step('vendor/dispatch@v1', 'alice')), [['may-run-leavers-code', 'alice']]);
  assert.deepEqual(judge(step('vendor/dispatch@v1', 'ghost')), []);
  assert.deepEqual(judge(step('actions/checkout@v6', 'ghost')), [['runs-unclaimed-code', 'ghost']]);
  const pair = 'jobs: { a: { steps: [ { uses: vendor/download@v1, with: { owner: alice, repo: x } } ] } }';
  assert.deepEqual(judge(pair), [['may-run-leavers-code', 'alice']]);
  const literal = `jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v6\n        with:\n          repository: $\{{ inputs.from || 'alice/x' }}\n`;
  assert.deepEqual(judge(literal), [['may-run-leavers-code', 'alice']]);
});

test('any other mention of what stands under the leaver’s login is a question', () => {
  const judged = (text: string) => {
    const references = withMentions(codeReferences(WORKFLOW, text), mentionsIn(text), ['alice', 'src']);
    return foreignCodeOf({ ...file(text), references }, OWNERS, [alice]).map(({ kind }) => kind);
  };
  assert.deepEqual(judged('env:\n  FROM: alice/x\n'), ['may-run-leavers-code']);
  assert.deepEqual(judged('run: newtool get alice/x\n'), ['may-run-leavers-code']);
  assert.deepEqual(judged('run: cat docs/alice/x ./alice/y src/main.ts someone@alice/x\n'), []);
  assert.deepEqual(judged('jobs: { a: { steps: [ { uses: alice/deploy@v1 } ] } }'), ['runs-leavers-code']);
});

test('no pattern repeats a repetition: a long text costs its length', () => {
  for (const { pattern, what } of ADDRESS_WAYS) {
    assert.doesNotMatch(
      pattern.source,
      /\((?:[^()\\]|\\.)*(?:[+*]|\{\d*,\d*\})(?:[^()\\]|\\.)*\)(?:[+*]|\{\d*,)/,
      what,
    );
    assert.doesNotMatch(pattern.source.replace(/\\.|\[[^\]]*\]/g, 'x'), /[+*]/, `${what}: every repetition has an end`);
  }
});

test('any text is read to its end, and names only owners that stand in it', () => {
  const bits = fc.constantFrom(
    'uses:',
    ' image: ',
    'ghcr.io/',
    'github.com/',
    'alice',
    '/',
    '@v1',
    '\n',
    ' - ',
    '"',
    '${{',
    '}}',
    '*',
    '&a ',
    ':',
  );
  fc.assert(
    fc.property(fc.array(bits, { maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 40 }), (parts, noise) => {
      const text = parts.join('') + noise;
      for (const path of [WORKFLOW, 'Dockerfile']) {
        for (const { owner } of codeReferences(path, text)) assert.ok(text.toLowerCase().includes(owner.toLowerCase()));
      }
    }),
  );
});

test('an owner is known where it stands before the file runs', () => {
  const owners = (written: string) => gitHub(written, 'action').map(({ host, owner }) => `${host} ${owner}`);
  assert.deepEqual(owners('alice/deploy@v1'), ['github alice']);
  for (const none of ['alice', 'alice/', './alice/x', `\${{ x }}/y`, '/alice/x', ''])
    assert.deepEqual(owners(none), [], none);
  assert.deepEqual(gitHub('alice/x', 'checkout', { perhaps: true })[0]?.perhaps, true);
  assert.equal(namespaceAt('npmjs.com', '@alice/x', 'package')[0]?.owner, 'alice');
  assert.deepEqual(namespaceAt('npmjs.com', 'left-pad', 'package'), []);
});

test('an image is its namespace’s at the registries that people register at, and else its host’s', () => {
  const of = (image: string) => imageOf(image).map(({ host, owner }) => `${host} ${owner}`);
  assert.deepEqual(of('ghcr.io/alice/tools:2'), ['github alice']);
  assert.deepEqual(of('docker://GHCR.io/alice/tools'), ['github alice']);
  assert.deepEqual(of('alice/tools'), ['docker.io alice']);
  assert.deepEqual(of('index.docker.io/alice/tools'), ['docker.io alice']);
  for (const none of [
    'alpine',
    'library/alpine',
    'docker.io/library/alpine',
    'corp.azurecr.io/alice/tools',
    'localhost/alice/x',
  ])
    assert.deepEqual(of(none), [], none);
});

test('a map is neither a list nor nothing', () => {
  assert.deepEqual([{}, [], null, 'x', undefined].map(isMap), [true, false, false, false, false]);
});
