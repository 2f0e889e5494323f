import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OidSchema, parseGuid, parseOid } from '../../src/people/oid.ts';

const OID = '0e000000-0000-4000-8000-00000000000a';
const BARE = OID.replaceAll('-', '');

/** A text, what it is as an object id, and what it is as a GUID of another system. */
const SITUATIONS: readonly (readonly [text: string, oid: string | undefined, guid: string | undefined])[] = [
  [OID, OID, OID],
  [` ${OID.toUpperCase()} `, OID, OID],
  [`{${OID}}`, undefined, OID],
  [BARE, undefined, OID],
  [`  {${BARE.toUpperCase()}} `, undefined, OID],
  [`{${OID}`, undefined, undefined],
  [`${OID}0`, undefined, undefined],
  [`0${OID}`, undefined, undefined],
  [OID.replace('a', 'g'), undefined, undefined],
  ['0e000000{00004000800000000000000a}', undefined, undefined],
  ['{0e0000000000400080000000}0000000a', undefined, undefined],
  ['', undefined, undefined],
];
for (const [text, oid, guid] of SITUATIONS) {
  test(`“${text}” is ${oid ?? 'no object id'}, and ${guid ?? 'no GUID'}`, () => {
    assert.equal(parseOid(text), oid);
    assert.equal(parseGuid(text), guid);
  });
}

test('what is kept is canonical already', () => {
  assert.equal(OidSchema.safeParse(OID).success, true);
  for (const text of [OID.toUpperCase(), `${OID} `, `x${OID}`, BARE])
    assert.equal(OidSchema.safeParse(text).success, false);
});
