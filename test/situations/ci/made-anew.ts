import assert from 'node:assert/strict';
import type { Stack } from '../../../local/stack.ts';
import { push } from '../../../local/tenant/github/repositories/push.ts';
import { makeEnvironment } from '../../../local/tenant/github/state/state-actions.ts';
import { makeRepository, type Repository } from '../../../local/tenant/github/state/state-repository.ts';
import type { Item } from '../../truth/firm/firm.ts';
import { findingsIn } from '../../truth/oracle/report.ts';
import type { Situation } from '../situation.ts';
import { ALEXS, ado, agent, CLASSIC, held, variable } from './items.ts';

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
export const madeAnew: readonly Situation[] = MADE_ANEW.map(([what, make, named]) => ({
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

export const impact: readonly Situation[] = [
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
