import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fc } from '../../../support/properties.ts';
import {
  type CarryFindingsWorld,
  foundAs,
  grantOf,
  hasRemedy,
  OPEN,
  Reading,
  startCarryFindings,
  wasCutBefore,
} from './carry-findings-world.ts';

let app: CarryFindingsWorld['app'];
let nextReport: CarryFindingsWorld['nextReport'];
before(async () => {
  ({ app, nextReport } = await startCarryFindings());
});
after(() => app.stop());

test('from one reading to the next nothing open is lost, nothing gone is open, and only a whole reading is clear', async () => {
  await fc.assert(
    fc.asyncProperty(Reading, async (reading) => {
      const report = await nextReport(reading);
      const told = new Map(report.steps.flatMap(({ findings }) => findings.map((each) => [each.id, each] as const)));
      for (const [index, thing] of reading.things.entries()) {
        const { id } = grantOf(index);
        const [now, was] = [told.get(id), foundAs(thing, index).status];
        const open = OPEN.some((status) => status === was);
        const seenGone = hasRemedy(thing) && thing.now === 'gone' && !wasCutBefore(thing);
        if (thing.foundAnew || (open && !seenGone) || wasCutBefore(thing))
          assert.ok(now !== undefined, `${id} is lost`);
        const away = reading.lines.some((state) => state === 'partial' || state === 'unavailable');
        if (was === 'could-not-check' && away)
          assert.ok(now !== undefined, `${id} is said to be gone, and nobody read it`);
        if (now?.readBack?.state === 'gone')
          assert.ok(!OPEN.some((status) => status === now.status), `${id} is ${now.status}`);
        // What stands again is another act: one that needs a decision waits for it.
        const standsAgain = thing.foundAnew && thing.as === 'disruptive';
        if (wasCutBefore(thing) && !standsAgain)
          assert.ok(now?.readBack !== undefined, `${id} was cut, and not read back anew`);
        if (now?.readBack?.state === 'present') assert.notEqual(now.status, 'done', id);
      }
      const statuses = [...told.values()].map(({ status }) => status);
      const whole = reading.lines.every((state) => state === 'complete');
      if (report.outcome === 'clear') {
        assert.ok(whole, 'clear, and this reading was not whole');
        assert.ok(
          statuses.every((status) => status === 'done' || status === 'nothing-to-do'),
          statuses.join(),
        );
      }
      if (!whole) assert.ok(['incomplete', 'failed'].includes(report.outcome), report.outcome);
    }),
    { numRuns: 300 },
  );
});
