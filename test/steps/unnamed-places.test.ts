import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Coverage } from '../../src/cases/coverage/coverage.ts';
import { unnamedPlaces } from '../../src/steps/unnamed-places.ts';

const FAILED = { kind: 'denied', message: 'Nobody may ask.', missingPermission: 'Reader' };
const NAMES: Readonly<Record<string, string>> = { B: 'Sandbox' };
const line = (named: readonly string[], seen: readonly string[], failure?: typeof FAILED) =>
  unnamedPlaces({
    ...{ source: 'a/b', setting: 'SUBSCRIPTION_IDS', named, unit: 'subscriptions', failure },
    seen: seen.map((id) => ({ id, name: NAMES[id] ?? id })),
  });
const told = (more: Omit<Coverage, 'source' | 'looked'>, asked: number, count: number): Coverage => ({
  ...{ source: 'a/b', looked: { asked, count, unit: 'subscriptions' } },
  ...more,
});
const unnamed = (what: string, name: string) =>
  ({
    state: 'not-examined',
    why: 'not-configured',
    detail: `SUBSCRIPTION_IDS does not name ${what}, which the app sees: nobody looks there. Name ${name}, or exempt this source.`,
  }) as const;
const lacks = (what: string) =>
  ({
    state: 'partial',
    detail: `The list of subscriptions lacks ${what}, which SUBSCRIPTION_IDS names: it may lack others as well.`,
  }) as const;
const denied = { state: 'denied', detail: 'Nobody may ask.', missingPermission: 'Reader' } as const;

type Place = Parameters<typeof line>;
const LINES: readonly (readonly [what: string, places: Place, expected: Coverage | undefined])[] = [
  ['one is not named', [['a'], ['A', 'B']], told(unnamed('Sandbox (B)', 'it'), 2, 1)],
  ['two are not named', [[], ['A', 'B']], told(unnamed('A and Sandbox (B)', 'them'), 2, 0)],
  [
    'one is not named, of a list that is cut short',
    [['a'], ['A', 'B'], FAILED],
    told(unnamed('Sandbox (B)', 'it'), 2, 1),
  ],
  ['the list is cut short', [['a'], ['A'], FAILED], told(denied, 1, 1)],
  ['nothing is named and nothing listed', [[], [], FAILED], undefined],
  ['the list lacks one, however the others are written', [['A', 'C'], ['a']], told(lacks('C'), 1, 1)],
  ['the list lacks one that is named', [['a', 'c'], ['A']], told(lacks('c'), 1, 1)],
  [
    'the one that is seen is named',
    [['a'], ['A']],
    told({ state: 'complete', detail: 'The app sees 1 subscription, and SUBSCRIPTION_IDS names it.' }, 1, 1),
  ],
  [
    'all that are seen are named',
    [
      ['b', 'a'],
      ['A', 'B'],
    ],
    told({ state: 'complete', detail: 'The app sees 2 subscriptions, and SUBSCRIPTION_IDS names them all.' }, 2, 2),
  ],
];
for (const [what, places, expected] of LINES)
  test(`places of a vendor: ${what}`, () => assert.deepEqual(line(...places), expected));

test('of many places that nobody named ten are told', () => {
  const many = Array.from({ length: 12 }, (_, at) => `s${at}`);
  assert.match(line([], many)?.detail ?? '', /does not name s0, s1, .* s9 and 2 more, which/);
});
