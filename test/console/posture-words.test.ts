import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { components, operations } from '../../cli/api/schema.d.ts';
import { lasting } from '../../src/cases/words/wording.ts';
import { ofThePage } from './support/of-the-page.ts';

type Assessed = components['schemas']['PostureRun']['checks'][number];
type Failure = Assessed['failures'][number];
type History = operations['getPostureHistory']['responses'][200]['content']['application/json'];
type Point = components['schemas']['PostureMetric']['points'][number];

const { briefOf, countsOf, headlineOf, isWorse, runOf, standingOf } = await ofThePage<{
  briefOf: (point: Assessed) => string;
  countsOf: (points: readonly Assessed[]) => Record<string, number>;
  headlineOf: (points: readonly Assessed[]) => string;
  isWorse: (point: Assessed) => boolean;
  runOf: (id: string) => { at?: string; day: string; trigger: string };
  standingOf: (point: Assessed) => string;
}>('pages/posture/words.ts');

const accepted = { reason: 'The vendor mends it in March.', by: 'ciso@example.com', until: '2027-03-31' };
const failure = (more: Partial<Failure> = {}): Failure => ({
  ...{ id: 'P-0123456789ab', reason: 'tag-missing', resource: '/a', says: 'a has no tag.', severity: 'medium' },
  ...{ evidence: { resource: '/a', call: 'c' }, remedy: { todo: 'Set the tag.' }, since: '2026-11-02T04:10:00.000Z' },
  ...{ change: 'still-failing', ...more },
});
const point = (more: Partial<Assessed> = {}): Assessed => ({
  ...{ check: 'servers-tagged', point: 3, title: 'Every server carries the tag', severity: 'medium', version: 1 },
  ...{ modules: [], status: 'pass', change: 'same', at: '2026-11-30T04:10:00.000Z', subjects: 2, failures: [] },
  ...{ gaps: [], evidence: [], shows: {}, ...more },
});

test('a point is accepted only where all that fails of it is, and it fails all the same', () => {
  const half = point({ status: 'fail', failures: [failure({ accepted }), failure({ id: 'P-0123456789ac' })] });
  assert.equal(standingOf(half), 'fail');
  assert.equal(briefOf(half), '2 failures, of which 1 accepted');
  const whole = point({ status: 'fail', failures: [failure({ accepted })] });
  assert.equal(standingOf(whole), 'accepted');
  assert.equal(briefOf(whole), '1 failure, accepted until 2027-03-31');
  assert.equal(countsOf([half, whole, point()]).fail, 1);
});

test('what nobody can say names the permission, is worse where it was seen before, and holds nowhere', () => {
  const gap = { reason: 'denied', source: 'azure/policies', detail: 'no', missingPermission: 'x/read' } as const;
  const lost = point({ status: 'unknown', change: 'lost-sight', gaps: [gap] });
  assert.equal(briefOf(lost), 'Missing: x/read');
  assert.equal(isWorse(lost), true);
  assert.equal(isWorse(point({ change: 'fixed' })), false);
  assert.equal(
    headlineOf([lost, point(), point({ status: 'not-applicable' })]),
    '1 of the 2 points that apply hold; of 1 nobody can say.',
  );
});

test('half a list that fails says that more may', () => {
  const gap = { reason: 'partial', source: 's', detail: 'half' } as const;
  assert.equal(briefOf(point({ status: 'fail', failures: [failure()], gaps: [gap] })), '1 failure, more may fail');
});

test('the id of a run says when it was, and of the night’s run the day alone', () => {
  assert.deepEqual(runOf('2026-11-29T10-41-12-345Z-asked'), {
    ...{ at: '2026-11-29T10:41:12.345Z', day: '2026-11-29', trigger: 'Somebody asked for it' },
  });
  assert.deepEqual(runOf('2026-11-29-timer'), { day: '2026-11-29', trigger: 'The night’s run' });
});

test('the entry for Terraform holds what a vendor named as one line of text, and lacks the reason', async () => {
  const { exceptionBlock } = await ofThePage<{
    exceptionBlock: (failure: Record<'id' | 'says' | 'reason', string>, by: string, now: Date) => string;
  }>('pages/posture/exception-block.ts');
  const says = 'a"\n}]\nresource "x" "y" {} \u2028\u202Egnp';
  const block = exceptionBlock(
    { id: 'P-0123456789ab', says, reason: 'tag-missing' },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is Terraform's
    '${file("/etc/passwd")}\\ %{if}',
    new Date('2026-11-30T00:00:00Z'),
  );
  assert.deepEqual(block.split('\n'), [
    '# a" }] resource "x" "y" {}  gnp',
    '{',
    '  finding = "P-0123456789ab"',
    '  reason  = "" # why it is accepted, in 20 characters or more',
    '  by      = "$${file(\\"/etc/passwd\\")}\\\\ %%{if}"',
    '  until   = "2027-02-28"',
    '  covers  = "tag-missing"',
    '},',
  ]);
});

test('a point holds since the Monday from which no week has anything worse', async () => {
  const { holdsSince } = await ofThePage<{
    holdsSince: (history: History, check: string) => { monday: string; longer: boolean } | undefined;
  }>('pages/posture/weeks.ts');
  const weeks = ['W1', 'W2', 'W3', 'W4'];
  const of = (...statuses: readonly (Assessed['status'] | undefined)[]): History => ({
    ...{ from: '2026-11-02', weeks },
    checks: [
      {
        ...{ check: 'c', point: 1, title: 'C' },
        weeks: statuses.flatMap((status, at) => (status === undefined ? [] : [{ week: weeks[at] ?? '', status }])),
      },
    ],
  });
  assert.deepEqual(holdsSince(of('pass', 'fail', 'pass', 'pass'), 'c'), { monday: '2026-11-16', longer: false });
  assert.deepEqual(holdsSince(of('pass', undefined, 'pass'), 'c'), { monday: '2026-11-16', longer: true });
  assert.equal(holdsSince(of('pass', 'pass', 'pass', 'unknown'), 'c'), undefined);
  assert.equal(holdsSince(of(), 'c'), undefined);
});

test('a line breaks at a day that is unknown, and at one that was not measured', async () => {
  const { linesOf, lineInWords } = await ofThePage<{
    linesOf: (points: readonly Partial<Point>[]) => { day: string }[][];
    lineInWords: (points: readonly Partial<Point>[], show: (value: number) => string) => string;
  }>('parts/charts/line.ts');
  const points = [
    { day: '2026-11-01', state: 'exact', value: 3 },
    { day: '2026-11-02', state: 'exact', value: 0 },
    { day: '2026-11-03', state: 'unknown' },
    { day: '2026-11-04', state: 'at-least', value: 2 },
    { day: '2026-11-06', state: 'exact', value: 1 },
  ] as const;
  assert.deepEqual(
    linesOf(points).map((line) => line.map(({ day }) => day.slice(-2))),
    [['01', '02'], ['04'], ['06']],
  );
  assert.match(
    lineInWords(points, String),
    /^4 days have a number, .*lowest is 0, the highest 3\. Of 1 it is not known/,
  );
  assert.equal(lineInWords([points[2]], String), 'No day of it has a number.');
});

test('a share is never rounded up, and what is unknown is no number', async () => {
  const { amountOf, inWords, termValue } = await ofThePage<{
    amountOf: (value: number, unit: string) => string;
    termValue: (name: string, value: number) => string;
    inWords: (measured: { state: string; value?: number; unit: string }) => string;
  }>('pages/metrics/figures.ts');
  assert.deepEqual(
    [0.999, 0.99999, 1, 0, 15306 / 15307].map((share) => amountOf(share, 'share')),
    ['99.9 %', '99.99 %', '100 %', '0 %', '99.99 %'],
  );
  assert.equal(inWords({ state: 'unknown', unit: 'share' }), 'Unknown');
  assert.equal(inWords({ state: 'not-applicable', unit: 'attempts' }), 'Does not apply');
  assert.equal(inWords({ state: 'at-least', value: 1, unit: 'servers' }), 'At least 1 server');
  // What took long is not told as shorter, and “at least” not as longer, than it was.
  assert.equal(inWords({ state: 'exact', value: 7.01, unit: 'minutes' }), '8 minutes');
  assert.equal(inWords({ state: 'at-least', value: 7.09, unit: 'minutes' }), 'At least 7 minutes');
  assert.equal(inWords({ state: 'exact', value: 200, unit: 'minutes' }), '3 hours and 20 minutes');
  // As the arithmetic on the same page has it.
  for (const minutes of [0, 0.2, 1, 3.5, 119.5, 120, 121, 2_999.1])
    assert.equal(amountOf(minutes, 'minutes'), lasting(Math.ceil(minutes)));
  assert.equal(termValue('reaction_minutes_median', 3.5), '4');
  assert.equal(termValue('crossings', 3), '3');
});

test('a number of people that is withheld is not 0', async () => {
  const { peopleOf, ownHeadline } = await ofThePage<{
    peopleOf: (cell: { people: number | null }) => string;
    ownHeadline: (own: { surviving: number; state: string }) => string;
  }>('pages/exposure/words.ts');
  assert.deepEqual(
    [null, 0, 5].map((people) => peopleOf({ people })),
    ['withheld', '0 people', '5 people'],
  );
  assert.match(ownHeadline({ surviving: 0, state: 'at-least' }), /in what could be read/);
});
