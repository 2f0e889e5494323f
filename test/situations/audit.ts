import type { Item } from '../truth/firm/firm.ts';
import { ACTIONS } from '../truth/firm/generate-trusts.ts';
import type { Calls } from '../truth/firm/items/platform.ts';
import { linesIn } from '../truth/oracle/report.ts';
import { ALEX as PERSON } from './base-firm.ts';
import type { Situation, Situations } from './situation.ts';

const days = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, n) => from + n);
const calls = (key: string, by: Calls['by'], daysAgo: readonly number[], hour: number): Item => ({
  key,
  kind: 'calls',
  by,
  daysAgo,
  hour,
});
const ALEX = { person: PERSON.key } as const;
const { github: _, ...NO_MEMBER } = PERSON;
const WORK = calls('work', ALEX, days(21, 91), 10);
const NIGHTS = calls('nights', ALEX, days(1, 20), 1);
const PIPELINE: Item = {
  key: 'trust',
  kind: 'trust',
  at: { type: 'identity', name: 'id-nightly', subscription: 'platform' },
  name: 'credential',
  issuer: ACTIONS,
  subject: 'repo:amoreau/tools:ref:refs/heads/main',
  admits: { person: 'alex' },
  how: 'owner by login',
};

const verdictIs = (...wanted: readonly string[]): NonNullable<Situation['says']> => [
  `the verdict is none of ${wanted.join(', ')}`,
  ({ verdict }) => wanted.includes(verdict ?? ''),
];
const neverCalm: NonNullable<Situation['says']> = [
  'the case ended calmly',
  ({ outcome, verdict }) => !['clear', 'residual'].includes(outcome) || verdict !== 'as-expected',
];
const gap = (source: string): NonNullable<Situation['says']> => [
  `${source} is complete`,
  (report) =>
    linesIn(report).some(
      (line) => line.source.startsWith(source) && line.state !== 'complete' && line.state !== 'exempt',
    ),
];

const alone: readonly Situation[] = [
  { name: 'work until the last day is as expected', items: [WORK], says: verdictIs('as-expected') },
  {
    name: 'nothing alive, everything read: the case ends calmly',
    // Of a deleted account Graph does not promise to list everything; a colleague’s fork is a question to somebody, and
    // so is a membership of Azure DevOps or of an organisation on GitHub.
    leaving: { state: 'disabled', daysAgo: 20, recorded: true },
    people: [{ ...NO_MEMBER, devops: false }],
    without: ['ana-trust'],
    items: [WORK],
    says: ['it is not', ({ outcome }) => ['clear', 'residual'].includes(outcome)],
  },
  {
    name: 'nights after the last day are an incident',
    items: [WORK, NIGHTS],
    told: ['nights'],
    says: verdictIs('after-departure'),
  },
  {
    name: 'one call after the last day is an incident',
    items: [WORK, calls('one', ALEX, [3], 10)],
    told: ['one'],
    says: verdictIs('after-departure'),
  },
  {
    name: 'the directory knows no last day, and the account was deleted today: calls until yesterday are not as expected',
    leaving: { state: 'soft-deleted', daysAgo: 20, recorded: false },
    items: [WORK, NIGHTS],
    says: verdictIs('not-established', 'unusual', 'after-departure'),
  },
  {
    name: 'whoever asks for the case knows the last day, the directory does not: calls after it are an incident',
    leaving: { state: 'soft-deleted', daysAgo: 20, recorded: false, said: true },
    items: [WORK, NIGHTS],
    says: verdictIs('after-departure'),
  },
  {
    name: 'disabled without a last day: nothing is as expected',
    leaving: { state: 'disabled', daysAgo: 20, recorded: false },
    items: [WORK, NIGHTS],
    says: verdictIs('not-established', 'unusual', 'after-departure'),
  },
  {
    name: 'the account was deleted today, and the only last day is the end of a contract in a year: calls until yesterday are not as expected',
    leaving: { state: 'soft-deleted', daysAgo: -400, recorded: true },
    items: [calls('to-date', ALEX, days(1, 91), 10)],
    says: verdictIs('not-established', 'unusual', 'after-departure'),
  },
  {
    name: 'the same, disabled: the last day is a gap',
    leaving: { state: 'disabled', daysAgo: -400, recorded: true },
    items: [calls('to-date', ALEX, days(1, 91), 10)],
    says: gap('entra/leave-date'),
  },
  {
    name: 'an identity that trusted the leaver called at night: it is told, however quiet the leaver was',
    items: [WORK, PIPELINE, calls('by-identity', { identity: 'id-nightly' }, days(1, 20), 1)],
    told: ['by-identity'],
  },
  {
    name: 'callers without a name after the last day: the audit is not complete',
    items: [WORK, calls('unnamed', 'nobody', days(1, 20), 1)],
    says: gap('log-analytics/'),
  },
  {
    name: 'a day on which the log has no row is a gap',
    habits: { silentDays: [6] },
    items: [WORK],
    says: gap('log-analytics/days-with-rows'),
  },
  {
    name: 'ten days without a row are a gap',
    habits: { silentDays: days(4, 14) },
    items: [WORK],
    says: gap('log-analytics/days-with-rows'),
  },
  {
    name: 'the log refuses the query: nothing is as expected',
    items: [WORK, { key: 'refusal', kind: 'refusal', vendor: 'logs', path: '.', status: 403 }],
    says: neverCalm,
  },
];

export const AUDIT: Situations = { alone };
