import type { Item } from '../../truth/firm/firm.ts';
import { findingsIn } from '../../truth/oracle/report.ts';
import { ALEX } from '../base-firm.ts';
import type { Situation } from '../situation.ts';
import { ALEXS, ado, CLASSIC, held, runner, variable } from './items.ts';
import { impact, madeAnew } from './made-anew.ts';
import { reaches } from './workflows.ts';

export const alone: readonly Situation[] = [
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
