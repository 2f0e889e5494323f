import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate } from '../../../local/tenant/kql/evaluate.ts';
import {
  kqlDatetime,
  kqlGuid,
  kqlGuids,
  kqlPersonalString,
  kqlString,
} from '../../../src/connectors/audit-log/kql-literal.ts';
import { fc } from '../../support/properties.ts';

/** Any sequence of UTF-16 units, lone surrogates and controls included, with the dangerous ones made likely. */
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.constantFrom(...[...'"\'\\`\n\r;|h@'].map((c) => c.charCodeAt(0))),
    ),
  )
  .map((units) => String.fromCharCode(...units));

function readBack(literal: string): unknown {
  const result = evaluate(`let value = ${literal};\nprint value = value, after = 1`, {}, {}, new Date());
  assert.ok(result.ok, JSON.stringify(result));
  assert.equal(result.rows[0]?.after, 1);
  return result.rows[0]?.value;
}

test('the official parser reads back exactly the text, whatever it is', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      assert.equal(readBack(kqlString(text)), text);
      assert.equal(readBack(kqlPersonalString(text)), text);
    }),
    { numRuns: 150 },
  );
});

test('a name that tries to end its literal stays a name', () => {
  const upn = `o'hara" or 1==1 | union *; //@x.example\\`;
  assert.equal(readBack(kqlString(upn)), upn);
  assert.doesNotMatch(kqlString(upn).slice(1, -1), /["'\\](?!u[0-9a-f]{4})/);
});

test('only GUIDs become ids, in lower case', () => {
  const guid = '3C9D1F7A-52E8-4B6D-8F10-A4C7E2B90D35';
  assert.equal(kqlGuid(guid), `"${guid.toLowerCase()}"`);
  assert.deepEqual(readBack(kqlGuids([guid])), [guid.toLowerCase()]);
  assert.deepEqual(readBack(kqlGuids([])), []);
  for (const wrong of ['', 'x', `${guid}"`, `${guid}\n`, guid.slice(1)]) assert.throws(() => kqlGuid(wrong), TypeError);
});

test('an instant keeps its milliseconds', () => {
  const instant = new Date('2026-10-25T00:59:59.123Z');
  assert.deepEqual(readBack(kqlDatetime(instant)), instant);
});
