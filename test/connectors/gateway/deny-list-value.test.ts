import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elementsOf, inForm, MAX_LENGTH, refusedBy, withOid } from '../../../src/connectors/gateway/deny-list-value.ts';
import { fc } from '../../support/properties.ts';

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
      assert.equal(refusedBy([`,none,${each},`]).has(each.slice(cut)), false);
      assert.equal(refusedBy([`,none,${each.toUpperCase()},`]).has(each), true);
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

/** What people write around and between ids, by hand or out of a document. */
const odd = fc.constantFrom(
  ' ',
  ', ',
  ' ,',
  ',',
  ';',
  '\n',
  '\r\n',
  '\t',
  '"',
  "'",
  '{',
  '}',
  '\u00a0',
  '\u200b',
  '\ufeff',
  '|',
  ',,',
);

test('however an id was written between others, the list in form refuses it, and nobody whom it did not name', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(odd, oid, fc.boolean(), odd), { maxLength: 20 }), (written) => {
      const text = written.map(
        ([before, each, upper, after]) => `${before}${upper ? each.toUpperCase() : each}${after},`,
      );
      const value = `none,${text.join('')}`;
      const { value: next, left } = inForm(value);
      const named = new Set(written.map(([, each]) => each));
      assert.deepEqual(new Set([...refusedBy([next])].filter((each) => each.length === 36)), named);
      assert.deepEqual(left, []);
      assert.equal(inForm(next).value, next, 'the form is in form');
    }),
  );
});

for (const [how, write] of [
  ['in braces', (each) => `{${each}}`],
  ['without hyphens', (each) => each.replaceAll('-', '')],
  ['with the hyphens of a document', (each) => each.replaceAll('-', '\u2011')],
  ['after its name', (each) => `oid:${each}`],
] as const satisfies readonly (readonly [string, (each: string) => string])[]) {
  test(`an id that somebody wrote ${how} is the id`, () => {
    const id = '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35';
    assert.ok(refusedBy([inForm(`,none,${write(id)},`).value]).has(id));
  });
}

test('a value that may break the policy refuses nobody as far as is known, in all of the list', () => {
  const id = '3c9d1f7a-52e8-4b6d-8f10-a4c7e2b90d35';
  for (const breaks of ['"', '\\', '\n', '{{', '&'])
    assert.equal(refusedBy([`,none,${id},`, `,none,${breaks},`]).has(id), false, breaks);
});

test('whom a list has no room for in its form is told, and who was refused stays', () => {
  const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  const packed = Array.from({ length: 120 }, (_, n) => id(n).replaceAll('-', '')).join(',');
  const { value, left } = inForm(`,none,${packed},${id(500)},`);
  assert.ok(value.length <= MAX_LENGTH && refusedBy([value]).has(id(500)));
  const all = [...[...refusedBy([value])].filter((each) => each.length === 36), ...left];
  assert.deepEqual(new Set(all), new Set([...Array.from({ length: 120 }, (_, n) => id(n)), id(500)]));
});
