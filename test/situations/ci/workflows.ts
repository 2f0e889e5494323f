import assert from 'node:assert/strict';
import { findingsIn } from '../../truth/oracle/report.ts';
import type { Situation } from '../situation.ts';
import { ALEXS, held, workflow } from './items.ts';

export const schedules: readonly Situation[] = [
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
export const reaches: readonly Situation[] = CODE_OF_THE_LEAVERS.map(([what, files]) => ({
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
