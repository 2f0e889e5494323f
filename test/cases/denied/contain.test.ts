import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Containing, contain, isOwnOf, newsOf, releaseOfCase } from '../../../src/cases/denied/contain.ts';
import { type Denied, DeniedSchema, deny, hasEnded, release } from '../../../src/cases/denied/denied.ts';
import { type CaseId, makeCaseId } from '../../../src/cases/ids.ts';
import type { Oid } from '../../../src/people/oid.ts';
import { fc } from '../../support/properties.ts';

const oid = '0e000000-0000-4000-8000-000000000001' as Oid;
const OPERATOR = '0e000000-0000-4000-8000-0000000000aa';
const START = Date.parse('2026-11-28T09:00:00.000Z');
const HOUR = 3_600_000;
const DAY_MS = 24 * HOUR;
const at = (hours: number): string => new Date(START + hours * HOUR).toISOString();
const containing = (from: number, until: number, key?: string): Containing => ({
  oid,
  kind: 'person',
  by: OPERATOR,
  why: 'strange calls',
  at: at(from),
  until: at(until),
  ...(key && { key }),
});
const byCase = (n: number, from: number) =>
  ({ oid, kind: 'person', caseId: makeCaseId(oid, n), why: `Case ${n}.`, at: at(from) }) as const;

/** What may happen to one person, an hour or more apart. */
type Event =
  | { readonly kind: 'contain'; readonly hours: number; readonly key?: string }
  | { readonly kind: 'case'; readonly n: number }
  | { readonly kind: 'case gives up'; readonly n: number; readonly graceMs: number }
  | { readonly kind: 'released' };

/**
 * The words that deny somebody, each by itself: what a person said, and the newest case. They are denied as long as one
 * of them holds; nothing that is said of one touches the other, but a release, which ends all.
 */
class Oracle {
  containedUntil = 0;
  byCase: number | undefined;
  /** Whether the case that denies denied nobody's case before it. */
  own = false;
  last = 0;
  keys = new Set<string>();

  isDenied(hour: number): boolean {
    return this.byCase !== undefined || this.containedUntil > hour;
  }
  apply(event: Event, hour: number): void {
    switch (event.kind) {
      case 'contain':
        if (event.key !== undefined && this.keys.has(event.key)) return;
        if (event.key !== undefined) this.keys.add(event.key);
        this.containedUntil = Math.max(this.containedUntil, hour + event.hours);
        return;
      case 'case': {
        if (event.n <= this.last) return;
        this.own = this.byCase === undefined;
        this.byCase = event.n;
        this.last = event.n;
        return;
      }
      case 'case gives up':
        if (this.byCase !== event.n || !this.own) return;
        this.byCase = undefined;
        if (this.containedUntil > 0) this.containedUntil = Math.max(this.containedUntil, hour + event.graceMs / HOUR);
        return;
      case 'released':
        this.byCase = undefined;
        this.containedUntil = 0;
        return;
      default:
        event satisfies never;
    }
  }
  /** Its end passes by itself. */
  pass(hour: number): void {
    if (this.byCase === undefined && this.containedUntil <= hour) this.containedUntil = 0;
  }
}

function applyTo(row: Denied | undefined, event: Event, hour: number): Denied | undefined {
  switch (event.kind) {
    case 'contain':
      return contain(row, containing(hour, hour + event.hours, event.key));
    case 'case':
      return deny(row, byCase(event.n, hour));
    case 'case gives up': {
      const caseId = makeCaseId(oid, event.n);
      if (row === undefined || !isOwnOf(row, caseId)) return row;
      return releaseOfCase(row, { at: at(hour), by: 'intake', why: 'refused' }, event.graceMs);
    }
    case 'released':
      return row && release(row, { at: at(hour), by: OPERATOR, why: 'was nothing' });
    default:
      return event satisfies never;
  }
}

const passed = (row: Denied | undefined, hour: number): Denied | undefined =>
  row !== undefined && hasEnded(row, new Date(START + hour * HOUR))
    ? release(row, { at: at(hour), by: 'expiry', why: 'ended' })
    : row;

const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  fc.record(
    {
      kind: fc.constant('contain' as const),
      hours: fc.integer({ min: 1, max: 90 }),
      key: fc.constantFrom('a', 'b', 'c'),
    },
    { requiredKeys: ['kind', 'hours'] },
  ),
  fc.record({ kind: fc.constant('case' as const), n: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    kind: fc.constant('case gives up' as const),
    n: fc.integer({ min: 1, max: 4 }),
    graceMs: fc.constantFrom(0, DAY_MS),
  }),
  fc.record({ kind: fc.constant('released' as const) }),
);

test('whatever comes in whatever order, somebody is denied exactly as long as a person’s word or a case says so', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), anyEvent), { maxLength: 14 }), (events) => {
      const oracle = new Oracle();
      let row: Denied | undefined;
      let hour = 0;
      for (const [gap, event] of events) {
        for (let passing = 1; passing <= gap; passing += 1) {
          hour += 1;
          oracle.pass(hour);
          row = passed(row, hour);
          assert.equal(row?.state === 'denied', oracle.isDenied(hour), `hour ${hour}: ${JSON.stringify(row)}`);
        }
        const before = row?.generation ?? 0;
        const next = applyTo(row, event, hour);
        oracle.apply(event, hour);
        assert.equal(
          next?.state === 'denied',
          oracle.isDenied(hour),
          `${JSON.stringify(event)}: ${JSON.stringify(next)}`,
        );
        // What only knows the request from then on is no change: whoever acts on the row is not late by it.
        const said = next?.changes?.at(-1);
        const stood = said?.what === 'stood' && said !== row?.changes?.at(-1);
        assert.ok(next === row || (next?.generation ?? 0) === before + (stood ? 0 : 1));
        if (next !== undefined) DeniedSchema.parse(next);
        // The same request once more, later, changes nothing of a containment.
        if (event.kind === 'contain' && event.key !== undefined && next !== row)
          assert.equal(applyTo(next, event, hour), next);
        row = next;
      }
    }),
    { numRuns: 2_000 },
  );
});

const first = contain(undefined, containing(0, 48));
const of = (row: Denied) => [row.state, row.until ?? 'no end', row.caseId ?? 'no case'];
const one: CaseId = makeCaseId(oid, 1);
const gaveUp = { at: at(2), by: 'intake', why: 'refused' };

test('a later end counts, an earlier one does not, and each change says who, when and why', () => {
  const longer = contain(first, containing(1, 72));
  assert.deepEqual(of(longer), ['denied', at(72), 'no case']);
  assert.equal(contain(longer, containing(2, 50)), longer);
  assert.deepEqual(
    longer.changes?.map(({ what, by, until }) => [what, by, until]),
    [
      ['contained', OPERATOR, at(48)],
      ['extended', OPERATOR, at(72)],
    ],
  );
});

test('a request that changed nothing is known by its key: after a release it contains nobody anew', () => {
  const asked = contain(first, containing(1, 24, 'alert'));
  assert.deepEqual([asked.generation, asked.until], [first.generation, first.until]);
  const released = release(asked, { at: at(2), by: OPERATOR, why: 'was nothing' });
  assert.equal(contain(released, containing(3, 26, 'alert')), released);
  assert.equal(contain(released, containing(3, 26, 'another alert')).state, 'denied');
  // However many there are, what was done stays on record.
  const many = Array.from({ length: 30 }).reduce<Denied>((row, _, n) => contain(row, containing(1, 24, `${n}`)), first);
  assert.deepEqual([many.changes?.length, many.changes?.[0]?.what, many.changes?.at(-1)?.key], [20, 'contained', '29']);
});

test('a case takes over without an end; where it is refused, the containment counts again, and a day at the least', () => {
  const taken = deny(first, byCase(1, 1));
  assert.deepEqual(of(taken), ['denied', 'no end', one]);
  assert.deepEqual(of(releaseOfCase(taken, gaveUp, DAY_MS)), ['denied', at(48), 'no case']);
  const late = releaseOfCase(taken, { ...gaveUp, at: at(100) }, DAY_MS);
  assert.deepEqual(of(late), ['denied', at(124), 'no case']);
  assert.equal(releaseOfCase(taken, { ...gaveUp, at: at(100) }).state, 'released');
  // Delivered once more, the case that gave up denies nobody without an end.
  const back = releaseOfCase(taken, gaveUp, DAY_MS);
  assert.equal(deny(back, byCase(1, 3)), back);
  assert.deepEqual(of(deny(back, byCase(2, 3))), ['denied', 'no end', makeCaseId(oid, 2)]);
});

test('whom something else denied before, a case that gives up leaves denied', () => {
  const byHand = deny(undefined, { oid, kind: 'unknown', why: 'by hand', at: at(0) });
  const twice = deny(contain(byHand, containing(1, 48)), byCase(1, 2));
  assert.equal(isOwnOf(twice, one), false);
  const older = deny(undefined, byCase(1, 0));
  assert.equal(isOwnOf(deny(contain(older, containing(1, 48)), byCase(2, 2)), makeCaseId(oid, 2)), false);
});

test('what people did is told once each, the end a day before, or at half of a shorter time', () => {
  const told = (row: Denied, hours: number) =>
    newsOf(row, new Date(START), new Date(START + hours * HOUR)).map(({ moment, revision }) => `${moment} ${revision}`);
  assert.deepEqual(told(first, 23), ['contained 1']);
  assert.deepEqual(told(first, 24), ['contained 1', 'containment-ends-soon 1']);
  assert.deepEqual(told(contain(undefined, containing(0, 8)), 4), ['contained 1', 'containment-ends-soon 1']);
  const ended = release(first, { at: at(48), by: 'expiry', why: 'ended' });
  assert.deepEqual(told(ended, 49), ['contained 1', 'containment-ended 2']);
  assert.deepEqual(told(release(first, { at: at(9), by: OPERATOR, why: 'fine' }), 49), [
    'contained 1',
    'containment-released 2',
  ]);
  assert.deepEqual(told(deny(first, byCase(1, 1)), 47), ['contained 1']);
  // What a case or the app itself lets in is the case's to tell.
  assert.deepEqual(told(release(deny(undefined, byCase(1, 1)), { at: at(9), by: 'entra', why: 'back' }), 49), []);
});

test('of a row that is changed for years the last twenty changes are kept', () => {
  let row = first;
  for (let n = 1; n <= 60; n += 1) row = contain(row, containing(n, 48 + n));
  assert.equal(row.changes?.length, 20);
  assert.equal(row.changes?.at(-1)?.generation, 61);
});
