import assert from 'node:assert/strict';
import type { Stack } from '../../local/stack.ts';
import { push } from '../../local/tenant/github/repositories/push.ts';
import { makeEnvironment } from '../../local/tenant/github/state/state-actions.ts';
import { makeRepository, type Repository } from '../../local/tenant/github/state/state-repository.ts';
import type { Agent, GitHubVariable, Held, Item, Owner, Runner, Workflow } from '../truth/firm/firm.ts';
import { findingsIn } from '../truth/oracle/report.ts';
import { ALEX } from './base-firm.ts';
import type { Situation, Situations } from './situation.ts';

const ALEXS: Owner = { person: 'alex' };

const runner = (key: string, id: number, name: string, more: Partial<Runner> = {}): Runner => ({
  key,
  kind: 'runner',
  organisation: 'northwind-capital',
  id,
  name,
  labels: [],
  owner: ALEXS,
  signs: 'name',
  ...more,
});
const agent = (
  key: string,
  id: number,
  name: string,
  capabilities: Agent['capabilities'],
  more: Partial<Agent> = {},
): Agent => ({
  key,
  kind: 'agent',
  id,
  name,
  capabilities,
  owner: ALEXS,
  signs: 'account',
  ...more,
});

/** Names that machines of Alex Moreau (`amoreau`) get. */
const MACHINES: readonly string[] = [
  'laptop-amoreau',
  'amoreau-desktop',
  'AMOREAU',
  'alex-moreau-mbp',
  'Alexs-MacBook-Pro',
  'alexs-mbp',
  'AlexMoreau-PC',
  'MoreauA-LT',
  'AMOREAU1',
  'LT-ALEXMOREAU01',
  'laptop-at-moreaus-desk',
];

const runnersByName: readonly Situation[] = MACHINES.map((name, index) => {
  const place = index % 2 === 0 ? {} : { repository: 'payments' };
  const key = `runner-${index}`;
  return {
    name: `runner ${name} of ${index % 2 === 0 ? 'the organisation' : 'a repository'} is a finding`,
    items: [runner(key, 500 + index, name, place)],
    told: [key],
  };
});

const ACCOUNTS: readonly (readonly [what: string, capabilities: Agent['capabilities']])[] = [
  ['USER=amoreau', { USER: 'amoreau' }],
  ['USERNAME=AlexMoreau', { USERNAME: 'AlexMoreau' }],
  ['USERNAME=NORTHWIND\\alex.moreau', { USERNAME: 'NORTHWIND\\alex.moreau' }],
  ['HOME=/home/alex.moreau@corp.example', { HOME: '/home/alex.moreau@corp.example/agent' }],
  ['HOME=/home/corp.example/amoreau', { HOME: '/home/corp.example/amoreau' }],
  ['HOME=/Users/amoreau', { HOME: '/Users/amoreau' }],
  ['USERPROFILE=C:\\Users\\AlexMoreau', { USERPROFILE: 'C:\\Users\\AlexMoreau\\azagent' }],
  ['USERPROFILE=C:\\Users\\moreaua3', { USERPROFILE: 'C:\\Users\\moreaua3\\azagent' }],
  ['LOGNAME=alex.moreau', { LOGNAME: 'alex.moreau' }],
  ['Agent.HomeDirectory=/home/amoreau/azagent', { 'Agent.HomeDirectory': '/home/amoreau/azagent' }],
];

const agentsByAccount: readonly Situation[] = ACCOUNTS.map(([what, capabilities], index) => {
  const key = `agent-${index}`;
  return {
    name: `an agent with ${what} is a finding`,
    items: [agent(key, 600 + index, `build-${index}`, capabilities)],
    told: [key],
  };
});

const OTHER_MACHINES: readonly Situation[] = [
  {
    name: 'a colleague’s machine, whose login begins like the leaver’s, stays',
    items: [runner('of-ana', 701, 'laptop-amoreau-silva', { owner: { person: 'ana' }, labels: ['amoreau-silva'] })],
  },
  {
    name: 'a colleague’s agent stays enabled',
    items: [agent('agent-of-ana', 702, 'build-amoreau-silva', { USER: 'amoreau-silva' }, { owner: { person: 'ana' } })],
  },
  {
    name: 'a machine that only an audit log could tell is covered by the audit log’s line',
    items: [runner('opaque', 703, 'build-77', { signs: 'nothing' })],
    alive: ['opaque'],
  },
];

const held = (format: Held['format'], owner: Owner, more: Partial<Held> = {}): Held => ({
  name: 'TOKEN',
  format,
  owner,
  wrapped: 'plain',
  ...more,
});
const variable = (key: string, value: Held, more: Partial<GitHubVariable> = {}): GitHubVariable => ({
  key,
  kind: 'variable',
  organisation: 'northwind-capital',
  repository: `repo-${key}`,
  name: `VAR_${key.toUpperCase().replaceAll('-', '_')}`,
  value: { ...value, name: `VAR_${key.toUpperCase().replaceAll('-', '_')}` },
  ...more,
});

const CLASSIC: Item = {
  key: 'classic',
  kind: 'sso-credential',
  organisation: 'northwind-capital',
  person: 'alex',
  id: 711,
  type: 'personal access token',
  note: 'ci',
};

/** A token of Alex's in each format and wrapping, in each place. */
const FORMATS = ['github-classic', 'github-fine-grained', 'azure-devops', 'anthropic-oauth', 'npm', 'jwt'] as const;
const WRAPPINGS = ['plain', 'base64', 'header', 'json', 'assignment'] as const;

const tokensByFormat: readonly Situation[] = FORMATS.map((format, index) => {
  const wrapped = format === 'jwt' ? 'plain' : (WRAPPINGS[index % WRAPPINGS.length] ?? 'plain');
  const places = [
    variable(`org-${format}`, held(format, ALEXS, { wrapped }), {}),
    variable(`env-${format}`, held(format, ALEXS), { environment: 'production' }),
  ];
  return {
    name: `the leaver’s ${format} (${wrapped}) in a variable of a repository and of an environment is told`,
    items: places,
    told: places.map(({ key }) => key),
  };
});

const inAzureDevOps: readonly Situation[] = FORMATS.map((format, index) => ({
  name: `the leaver’s ${format} in a pipeline’s variable and in a variable group is told`,
  items: [
    {
      key: `pipe-${format}`,
      kind: 'pipeline',
      id: 720 + index,
      name: `pipe-${format}`,
      author: 'ben',
      variables: [held(format, ALEXS, { name: 'PIPE_TOKEN' })],
    },
    {
      key: `vargroup-${format}`,
      kind: 'variable-group',
      id: 740 + index,
      name: `group-${format}`,
      createdBy: 'ana',
      modifiedBy: 'alex',
      variables: [held(format, ALEXS, { name: 'GROUP_TOKEN' })],
    },
  ],
  told: [`pipe-${format}`, `vargroup-${format}`],
}));

const workflow = (key: string, more: Partial<Workflow>): Workflow => ({
  key,
  kind: 'workflow',
  organisation: 'northwind-labs',
  repository: `repo-${key}`,
  file: 'nightly.yml',
  state: 'active',
  cron: '0 2 * * *',
  ranAs: [],
  runsOn: 'ubuntu-24.04',
  ...more,
});

const schedules: readonly Situation[] = [
  {
    name: 'a schedule that ran last as the leaver is told',
    items: [workflow('nightly', { ranAs: ['alex', 'ben'] })],
    told: ['nightly'],
  },
  {
    name: 'a schedule that a colleague took over is not the leaver’s any more',
    items: [workflow('taken', { ranAs: ['ana', 'alex'] })],
    says: [
      'it is told',
      (report) => findingsIn(report).every(({ resource }) => !JSON.stringify(resource).includes('repo-taken')),
    ],
  },
  {
    name: 'a schedule in a file with an @ in its name is told',
    items: [workflow('at', { file: 'deploy@prod.yml', ranAs: ['alex'] })],
    told: ['at'],
  },
  {
    name: 'a disabled schedule runs no more',
    items: [workflow('off', { ranAs: ['alex'], state: 'disabled_manually' })],
  },
  { name: 'an archived repository runs no schedule', items: [workflow('attic', { ranAs: ['alex'], archived: true })] },
  {
    name: 'a schedule that has not run since the leaver changed it is covered by the authors’ line',
    items: [workflow('unrun', { ranAs: [], runsNextAs: 'alex' })],
    alive: ['unrun'],
  },
  {
    name: 'a schedule that ran as a colleague, and that the leaver changed since, is told',
    items: [workflow('changed', { ranAs: ['ben'], runsNextAs: 'alex' })],
    told: ['changed'],
  },
  {
    name: 'a workflow that runs the leaver’s own action is told',
    items: [
      workflow('uses', {
        file: 'uses.yml',
        cron: '0 3 * * *',
        ranAs: ['ben'],
        uses: { text: 'amoreau/setup@v1', owner: ALEXS },
      }),
    ],
    told: ['uses'],
  },
  {
    name: 'a token in a workflow file is told',
    items: [workflow('literal', { ranAs: ['ben'], holds: held('github-fine-grained', ALEXS, { name: 'GITHUB_PAT' }) })],
    told: ['literal'],
  },
];

const ado = (key: string, id: number, more: Partial<Extract<Item, { kind: 'devops-token' }>> = {}): Item => ({
  key,
  kind: 'devops-token',
  person: 'alex',
  id,
  name: 'feed',
  scope: 'app_token',
  ...more,
});

const credentials: readonly Situation[] = [
  { name: 'a personal access token of Azure DevOps ends', items: [ado('pat', 761)], ends: ['pat'] },
  {
    name: 'a personal access token of another organisation of Azure DevOps ends',
    items: [ado('elsewhere', 765, { devops: 'woodgrove' })],
    ends: ['elsewhere'],
  },
  { name: 'an SSH key of Azure DevOps is told', items: [ado('ssh', 762, { ssh: true })], told: ['ssh'] },
  { name: 'an expired token is no access', items: [ado('old', 763, { expired: true })] },
  {
    name: 'a revoked token of Azure DevOps works on for a while, which has a time in the report',
    items: [ado('cached', 764)],
    ends: ['cached'],
    residual: true,
  },
];

const STANDS = variable('stands', held('github-classic', ALEXS, { listedAs: 'classic' }), { environment: 'live' });
const repositoryIn = ({ states }: Stack, name: string): Repository => {
  const found = states.github.repositories.get(`northwind-capital/${name}`);
  assert.ok(found !== undefined, name);
  return found;
};
const standingValue = (stack: Stack): string => {
  const value = repositoryIn(stack, 'repo-stands').environments.get('live')?.variables.get('VAR_STANDS')?.value;
  assert.ok(value !== undefined);
  return value;
};
const accountOfAlex = ({ states }: Stack): number => {
  const user = states.github.users.all().find(({ login }) => login === 'amoreau');
  assert.ok(user !== undefined);
  return user.id;
};

/** What a pipeline or a person makes between the cut and its reading, and how the report calls it. */
const MADE_ANEW: readonly (readonly [what: string, make: (stack: Stack) => unknown, named: string])[] = [
  [
    'the same token under another name beside it',
    (stack) =>
      repositoryIn(stack, 'repo-stands')
        .environments.get('live')
        ?.variables.add({ name: 'MADE_ANEW', value: standingValue(stack) }),
    'variable MADE_ANEW of environment live of northwind-capital/repo-stands',
  ],
  [
    'the same token in another environment',
    (stack) =>
      repositoryIn(stack, 'repo-stands')
        .environments.add(makeEnvironment('made-anew', 99_001))
        .variables.add({ name: 'MADE_ANEW', value: standingValue(stack) }),
    'variable MADE_ANEW of environment made-anew of northwind-capital/repo-stands',
  ],
  [
    'the same token in a variable of the repository',
    (stack) => repositoryIn(stack, 'repo-stands').variables.add({ name: 'MADE_ANEW', value: standingValue(stack) }),
    'variable MADE_ANEW of northwind-capital/repo-stands',
  ],
  [
    'the same token in a variable of the organisation',
    (stack) =>
      stack.states.github.organisations
        .get('northwind-capital')
        ?.variables.add({ name: 'MADE_ANEW', value: standingValue(stack) }),
    'variable MADE_ANEW of northwind-capital',
  ],
  [
    'the same token in a repository that was made meanwhile',
    (stack) => {
      const at = stack.tenant.core.now();
      const made = makeRepository('northwind-capital', 'made-anew', 99_002, { createdAt: at, pushedAt: at });
      stack.states.github.repositories.add(made).variables.add({ name: 'MADE_ANEW', value: standingValue(stack) });
    },
    'variable MADE_ANEW of northwind-capital/made-anew',
  ],
  [
    'a schedule that a push of the leaver’s brings into a repository that held nothing of theirs',
    (stack) =>
      push(repositoryIn(stack, 'quiet'), {
        path: '.github/workflows/made-anew.yml',
        text: "on:\n  schedule:\n    - cron: '7 4 * * *'\njobs:\n  run:\n    runs-on: ubuntu-24.04\n    steps: []\n",
        authorId: accountOfAlex(stack),
        at: stack.tenant.core.now(),
      }),
    'schedule of made-anew.yml in northwind-capital/quiet',
  ],
  [
    'the same token in a pipeline’s variable',
    (stack) => {
      const variables = { MADE_ANEW: { value: standingValue(stack) } };
      assert.ok(stack.states.devops.definitions.patch('800', { variables }) !== undefined);
    },
    'variable MADE_ANEW of pipeline pipe-quiet',
  ],
];

/** Everything was read by then: the token of Azure DevOps is the first thing that is cut. */
const madeAnew: readonly Situation[] = MADE_ANEW.map(([what, make, named]) => ({
  name: `${what}, made while the case runs, is told`,
  items: [
    CLASSIC,
    STANDS,
    ado('cut', 797),
    { ...variable('quiet', held('npm', 'firm')), repository: 'quiet', value: { text: 'nothing' } },
    { key: 'pipe-quiet', kind: 'pipeline', id: 800, name: 'pipe-quiet', author: 'ben', variables: [] },
  ],
  ends: ['cut'],
  meanwhile: (stack) => {
    let made = false;
    return stack.tenant.server.onCall(({ vendor, method }) => {
      if (made || vendor !== 'devops' || method === 'GET') return;
      made = true;
      make(stack);
    });
  },
  says: [
    `no finding says “After the cut” of ${named}`,
    (report) => findingsIn(report).some(({ title }) => title.startsWith('After the cut: ') && title.includes(named)),
  ],
  moves: /made[-_]anew|definitions\/800/i,
}));

/** A pipeline of the page, which runs in the pool of the firm's own agents. */
const BUILDS: Item = { key: 'builds', kind: 'pipeline', id: 801, name: 'builds', author: 'ben', variables: [] };
const buildsInPool = ({ states }: Stack): (() => void) => {
  const [pool] = states.devops.pools.where(({ isHosted, kind }) => !isHosted && kind !== 'deployment');
  assert.ok(pool !== undefined);
  states.devops.definitions.patch('801', { poolId: pool.id, designer: true });
  return () => undefined;
};
const HOST = agent(
  'host',
  800,
  'build-7',
  { USER: 'amoreau' },
  { holds: [held('azure-devops', ALEXS, { name: 'AZURE_DEVOPS_PAT' })] },
);

const impact: readonly Situation[] = [
  {
    name: 'a token of Azure DevOps that may stand on an agent which builds run on waits, and the report says what may stop',
    items: [ado('needed', 799), HOST, BUILDS],
    meanwhile: buildsInPool,
    ends: [],
    told: ['needed', 'host'],
    says: [
      'it does not say that builds may stop',
      (report) => /if it is this token that stands there/.test(JSON.stringify(report)),
    ],
    moves: /definitions\/801/,
  },
];

/** Ways in which a workflow runs the leaver's code without an action of theirs, as files of the repository. */
const CODE_OF_THE_LEAVERS: readonly (readonly [what: string, files: Readonly<Record<string, string>>])[] = [
  [
    'that a workflow checks out',
    {
      '.github/workflows/reaches.yml':
        'on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v6\n        with:\n          repository: amoreau/tools\n      - run: ./deploy.sh\n',
    },
  ],
  [
    'that an action in a folder of the repository calls',
    {
      '.github/workflows/reaches.yml':
        'on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/checkout@v6\n      - uses: ./deploy\n',
      'deploy/action.yml': 'name: d\nruns:\n  using: composite\n  steps:\n    - uses: amoreau/tools@v1\n',
    },
  ],
];
const reaches: readonly Situation[] = CODE_OF_THE_LEAVERS.map(([what, files]) => ({
  name: `code of the leaver’s ${what} is told`,
  items: [workflow('reaches', { file: 'reaches.yml', cron: '0 3 * * *', ranAs: ['ben'] })],
  meanwhile: (stack) => {
    const repository = stack.states.github.repositories.get('northwind-labs/repo-reaches');
    assert.ok(repository !== undefined);
    for (const [path, text] of Object.entries(files)) repository.files.set(path, text);
    return () => undefined;
  },
  moves: /repo-reaches/,
  says: [
    'no finding names amoreau/tools',
    (report) =>
      findingsIn(report).some(
        (found) => found.kind === 'runs-leavers-code' && JSON.stringify(found).includes('amoreau/tools'),
      ),
  ],
}));

const alone: readonly Situation[] = [
  ...reaches,
  ...madeAnew,
  ...impact,
  {
    name: 'a listed token that stands in a variable is not revoked before somebody looked at what runs there',
    items: [CLASSIC, variable('listed', held('github-classic', ALEXS, { listedAs: 'classic' }))],
    alive: ['classic', 'listed'],
    told: ['classic', 'listed'],
  },
  {
    name: 'a listed token of a colleague in a variable is nobody’s to do',
    items: [
      { ...CLASSIC, key: 'of-ana', person: 'ana', id: 712 },
      variable('explained', held('github-classic', { person: 'ana' }, { listedAs: 'of-ana' })),
    ],
    says: [
      'it is an open finding',
      (report) =>
        findingsIn(report).every(
          ({ status, resource }) => status === 'nothing-to-do' || !JSON.stringify(resource).includes('VAR_EXPLAINED'),
        ),
    ],
  },
  {
    name: 'the telling variable on the second page',
    items: [
      ...Array.from(
        { length: 33 },
        (_, n): Item => ({
          ...variable(`filler-${n}`, held('npm', 'stranger')),
          repository: 'catalogue',
          value: { text: `service-${n}` },
        }),
      ),
      { ...variable('zz-last', held('github-classic', ALEXS)), repository: 'catalogue' },
    ],
    told: ['zz-last'],
  },
  {
    name: 'everything of Azure DevOps one by one on its pages',
    habits: { devopsPage: 1 },
    items: [ado('one', 771), ado('two', 772), ado('three', 773)],
    ends: ['one', 'two', 'three'],
  },
  {
    name: 'somebody whom only another organisation of Azure DevOps knows',
    people: [{ ...ALEX, devopsAt: ['woodgrove'] }],
    items: [
      ado('there', 774, { devops: 'woodgrove' }),
      {
        key: 'agent-there',
        kind: 'agent',
        devops: 'woodgrove',
        id: 775,
        name: 'laptop-7',
        capabilities: { USER: 'alex.moreau', HOME: '/home/alex.moreau' },
        owner: ALEXS,
        signs: 'account',
      },
      {
        key: 'group-there',
        kind: 'variable-group',
        devops: 'woodgrove',
        id: 776,
        name: 'release',
        createdBy: 'ben',
        modifiedBy: 'ben',
        variables: [held('npm', ALEXS, { name: 'FEED_TOKEN' })],
      },
    ],
    ends: ['there'],
    told: ['group-there'],
  },
  {
    name: 'identities one by one on their pages',
    habits: { armPage: 1 },
    items: ['a', 'b', 'c'].map(
      (which): Item => ({
        key: `trust-${which}`,
        kind: 'trust',
        at: { type: 'identity', name: `id-page-${which}`, subscription: 'platform' },
        name: 'credential',
        issuer: 'https://token.actions.githubusercontent.com',
        subject: 'repo:amoreau/tools:ref:refs/heads/main',
        admits: ALEXS as { person: string },
        how: 'owner by login',
      }),
    ),
    ends: ['trust-a', 'trust-b', 'trust-c'],
  },
  {
    name: 'the organisation allows repositories no runners any more, and one is still there',
    habits: { repositoryRunners: 'none' },
    items: [runner('leftover', 781, 'laptop-amoreau', { repository: 'payments' })],
    alive: ['leftover'],
  },
  {
    name: 'tokens that people pasted into names stand nowhere in the report',
    items: [
      ado('named', 791, { name: 'feed {token}' }),
      {
        key: 'note',
        kind: 'sso-credential',
        organisation: 'northwind-labs',
        person: 'alex',
        id: 792,
        type: 'SSH key',
        note: 'x {token}',
      },
      { key: 'fine', kind: 'fine-grained', organisation: 'northwind-labs', person: 'alex', id: 793, name: '{token}' },
    ],
    ends: ['named', 'note', 'fine'],
  },
  {
    name: 'odd names in notes, tokens and pipelines break nothing',
    items: [
      ado('odd', 794, { name: `<b>"it's"</b>\u202e\u0007${'x'.repeat(10_000)}` }),
      {
        key: 'odd-pipe',
        kind: 'pipeline',
        id: 795,
        name: 'a "b" <c>\u2066',
        author: 'alex',
        variables: [held('npm', ALEXS)],
      },
    ],
    ends: ['odd'],
    told: ['odd-pipe'],
  },
  {
    name: 'a label that is the leaver’s login makes no shared machine the leaver’s to cut',
    people: [{ ...ALEX, github: { id: 4_711_042, login: 'svc-build' } }],
    items: [runner('shared', 796, 'svc-build', { owner: 'firm', labels: ['svc-build', 'svc-build-2'] })],
  },
];

export const CI: Situations = {
  alone,
  together: [
    { name: 'runners by their names', situations: [...runnersByName, ...OTHER_MACHINES] },
    { name: 'agents by their accounts', situations: agentsByAccount },
    { name: 'tokens on GitHub', situations: tokensByFormat },
    { name: 'tokens in Azure DevOps', situations: inAzureDevOps },
    { name: 'schedules', situations: schedules },
    { name: 'credentials of Azure DevOps', situations: credentials },
  ],
};
