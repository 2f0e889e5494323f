import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultAudit, EXPECTED, tunedAudit, workbookQueries } from '../support/deployed-audit.ts';
import { resultOf } from '../support/run-rule.ts';

const { saved, schema } = await tunedAudit();
const at = (now: string) => resultOf(saved.get('expected-callers') ?? '', schema, [], new Date(now));

test('the list names each entry with its reason and last day', () => {
  assert.deepEqual(at('2026-10-01T00:00:00Z'), [
    {
      caller: EXPECTED,
      server: 'Documents',
      detections: 'file-system-volume, out-of-hours-writes, repeated-403, repeated-403-privileged',
      reason: 'Nightly index of the document store',
      until: '2026-10-15',
      counts: true,
    },
    {
      caller: EXPECTED,
      server: 'archive',
      detections: 'out-of-hours-writes',
      reason: 'Moves of old files, ticket 4711',
      until: '2026-12-31',
      counts: true,
    },
  ]);
});

test('an entry counts up to the midnight after its last day, on the business’s clock, and is shown as expired then', () => {
  const counting = (now: string) => at(now).map(({ server, counts }) => [server, counts]);
  assert.deepEqual(counting('2026-10-15T18:29:59Z'), [
    ['Documents', true],
    ['archive', true],
  ]);
  assert.deepEqual(counting('2026-10-15T18:30:00Z'), [
    ['archive', true],
    ['Documents', false],
  ]);
});

test('with nobody expected the list is empty, and the workbook shows it', async () => {
  const audit = await defaultAudit();
  assert.deepEqual(resultOf(audit.saved.get('expected-callers') ?? '', audit.schema, [], new Date()), []);
  assert.ok((await workbookQueries()).has('expected-callers'));
});
