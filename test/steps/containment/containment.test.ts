import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseOid } from '../../../src/people/oid.ts';
import { personReturnedFinding } from '../../../src/steps/containment/rules/person-returned-finding.ts';
import { CONTAINMENT_SOURCES, READ_DENY_LIST, WRITE_DENY_LIST } from '../../../src/steps/containment/sources.ts';
import { containment } from '../../../src/steps/containment/step.ts';

const OID = parseOid('0e000000-0000-4000-8000-000000000001');
assert.ok(OID !== undefined);

test('somebody who came back is told, with what is left to do at the gateway', () => {
  const released = personReturnedFinding({ oid: OID, displayName: 'Alex Moreau' }, 'They were hired again.', undefined);
  assert.equal(released.title, 'Alex Moreau came back while the case ran, and the case stopped');
  assert.deepEqual([released.severity, released.status, released.remedy], ['high', 'manual-action', undefined]);
  assert.match(released.reason, /^They were hired again\. The gateway lets them in\. Nothing was cut from then on/);
  assert.equal(released.evidence.released, true);
  const denied = personReturnedFinding({ oid: OID }, 'They were hired again.', 'Release the denial');
  assert.match(denied.title, new RegExp(`^${OID} came back`));
  assert.match(denied.reason, /The gateway still refuses them\. Release the denial\. /);
  assert.equal(denied.evidence.released, false);
  assert.equal(denied.id, released.id, 'the same finding, whatever is left to do');
});

test('containment comes first, acts by itself, and tried again says what holds now', () => {
  assert.deepEqual([containment.phase, containment.filings, containment.remedies], ['contain', 'replaced', []]);
  assert.deepEqual(
    containment.acts.map(({ finding }) => finding),
    ['gateway-deny-list', 'sign-in-sessions'],
  );
  const [deny, sessions] = containment.acts;
  assert.equal(deny?.permissions, WRITE_DENY_LIST);
  assert.deepEqual(sessions?.permissions, ['remover/graph/User.RevokeSessions.All']);
});

test('the deny list is read in every case where there is one, with the reader’s permission', () => {
  const list = CONTAINMENT_SOURCES.find(({ id }) => id === 'gateway/deny-list');
  assert.deepEqual(
    [list?.examined, list?.needs, list?.permissions],
    ['always', 'DENY_LIST_NAMED_VALUES', [READ_DENY_LIST]],
  );
  assert.ok(WRITE_DENY_LIST.every((permission) => permission.startsWith('remover/')));
});

test('what no app can read of MCP is a limit that says what to do by hand', () => {
  const limits = CONTAINMENT_SOURCES.filter(({ id }) => id.startsWith('mcp/'));
  assert.ok(limits.length >= 7);
  for (const { id, examined, permissions } of limits) {
    assert.ok(typeof examined === 'object' && 'not' in examined && examined.not === 'no-interface', id);
    assert.match(examined.why, /\.$/, id);
    assert.deepEqual(permissions, [], id);
  }
});
