import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { elementsOf, isListed, MAX_LENGTH, withOid } from '../../../src/connectors/gateway/deny-list-value.ts';

const oid = fc.uuid();

test('an added oid is there for a policy that looks for the whole element, and everything before it stays', () => {
  fc.assert(
    fc.property(fc.array(oid, { maxLength: 30 }), oid, (before, added) => {
      const value = before.reduce<string>((list, each) => withOid(list, each.toUpperCase()) ?? list, ',none,');
      const next = withOid(value, added);
      assert.ok(next?.includes(`,${added.toLowerCase()},`));
      for (const each of before) assert.ok(next?.includes(`,${each.toLowerCase()},`));
      assert.equal(withOid(next ?? '', added), next, 'adding twice changes nothing');
    }),
  );
});

test('part of an element is not the element', () => {
  fc.assert(
    fc.property(oid, fc.integer({ min: 1, max: 35 }), (each, cut) => {
      assert.equal(isListed(`,none,${each},`, each.slice(cut)), false);
      assert.equal(isListed(`,none,${each},`, each.toUpperCase()), true);
    }),
  );
});

test('whatever the value was, it is never empty afterwards and never longer than API Management allows', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'abc-0, ,'), maxLength: 5_000 }), oid, (value, added) => {
      const next = withOid(value, added);
      if (next === undefined) return;
      assert.ok(next.length <= MAX_LENGTH);
      assert.match(next, /^,.+,$/);
      assert.ok(elementsOf(next).includes('none'));
    }),
  );
});

test('a list holds 110 people', () => {
  let value = ',none,';
  let held = 0;
  for (;;) {
    const next = withOid(value, `00000000-0000-4000-8000-${String(held).padStart(12, '0')}`);
    if (next === undefined) break;
    value = next;
    held += 1;
  }
  assert.equal(held, 110);
});
