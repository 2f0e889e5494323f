import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contain, isOwnOf, releaseOfCase } from '../../../src/cases/denied/contain.ts';
import { type Denied, DeniedSchema, deny, hasEnded, release } from '../../../src/cases/denied/denied.ts';
import { makeCaseId } from '../../../src/cases/ids.ts';
import { fc } from '../../support/properties.ts';
import { at, byCase, containing, DAY_MS, HOUR, OPERATOR, oid, START } from './contain-world.ts';

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
