import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grantIdOf, parseGrantId } from '../../../src/steps/consent/rules/grant-id.ts';
import { fc } from '../../support/properties.ts';

test('the id that Microsoft’s reference shows for a person’s grant is computed from its parts', () => {
  const key = {
    clientId: '85477313-ea43-4c7d-b8a4-54fed35d0b60',
    resourceId: '27fb395a-fb00-45fe-865e-e71db689eea0',
    principalId: '7d54cb02-aaa3-4016-9f9c-a4b49422dd9b',
  };
  const id = 'E3NHhUPqfUy4pFT-010LYFo5-ycA-_5Fhl7nHbaJ7qACy1R9o6oWQJ-cpLSUIt2b';
  assert.equal(grantIdOf(key), id);
  assert.deepEqual(parseGrantId(id), key);
});

test('the id of a grant for everybody has two parts', () => {
  const key = { clientId: '263a5b01-03e5-4b3c-9d21-7a1b2c3d4e5f', resourceId: '27fb395a-fb00-45fe-865e-e71db689eea0' };
  assert.match(grantIdOf(key), /^AVs6JuUD.{35}$/);
  assert.deepEqual(parseGrantId(grantIdOf(key)), key);
});

test('every id is read back as the parts that it was made from, whatever their case', () => {
  const guid = fc.uuid();
  fc.assert(
    fc.property(guid, guid, fc.option(guid, { nil: undefined }), (clientId, resourceId, principalId) => {
      const key = { clientId, resourceId, ...(principalId === undefined ? {} : { principalId }) };
      assert.deepEqual(parseGrantId(grantIdOf(key)), key);
      assert.equal(grantIdOf({ ...key, clientId: clientId.toUpperCase() }), grantIdOf(key));
    }),
  );
});

test('two different grants never share an id', () => {
  const key = fc.record({ clientId: fc.uuid(), resourceId: fc.uuid(), principalId: fc.uuid() });
  fc.assert(
    fc.property(key, key, (one, other) => {
      const same = JSON.stringify(one) === JSON.stringify(other);
      assert.equal(grantIdOf(one) === grantIdOf(other), same);
    }),
  );
});

test('an id that is made in another way is not read', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const parsed = parseGrantId(text);
      assert.ok(parsed === undefined || grantIdOf(parsed) === text);
    }),
  );
  for (const id of ['', 'AAAA', `${grantIdOf({ clientId: crypto.randomUUID(), resourceId: crypto.randomUUID() })}=`])
    assert.equal(parseGrantId(id), undefined);
});
