import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { carryFindings } from '../../../../activities/case/report/carry-findings.ts';
import { type CaseRow, instanceIdOf } from '../../../../src/cases/case.ts';
import type { Finding } from '../../../../src/cases/finding.ts';
import { type FindingId, makeCaseId } from '../../../../src/cases/ids.ts';
import { remedyIdOf } from '../../../../src/cases/stable-id.ts';
import { failed } from '../../../../src/connectors/result.ts';
import { OID } from '../../../report/sample-case.ts';
import { startApp } from '../../../support/apps/start-app.ts';
import { keepBlobsInMemory } from '../../../support/storage-in-memory/blobs.ts';
import { keepTablesInMemory } from '../../../support/storage-in-memory/tables.ts';

keepTablesInMemory();
keepBlobsInMemory();
const app = await startApp({ vendors: () => [] });
after(() => app.stop());
const { storage } = app.context.vendors;
const caseId = makeCaseId(OID, 1);
const folder = `cases/${caseId}`;
const AT = '2026-11-23T10:00:00.000Z';

/** Grants of which nobody knows, by their ids; all others are gone. */
const graph = {
  ...app.context.vendors.graph,
  readGrant: async (id: string) =>
    failed(
      id === 'denied'
        ? { kind: 'denied', status: 403, message: 'no' }
        : { kind: 'not-found', status: 404, message: 'gone' },
    ),
} as unknown as typeof app.context.vendors.graph;
const context = { ...app.context, vendors: { ...app.context.vendors, graph } };

let count = 0;
function found(title: string, more: Partial<Finding>, grantId?: string): Finding {
  count += 1;
  const id = `F-${String(count).padStart(12, '0')}` as FindingId;
  const expected = { consentType: 'Principal', principal: OID, client: 'c', resource: 'r', scopes: ['a'] };
  const call = { kind: 'delete-delegated-grant', grantId, clientId: 'c', resourceId: 'r', scope: 'a', expected };
  const remedy = { id: remedyIdOf(id), risk: 'safe', what: 'Cut it.', undo: 'Put it back.', call } as const;
  return {
    ...{
      id,
      title,
      step: 'consent',
      kind: 'delegated-grant',
      severity: 'high',
      status: 'planned',
      reason: 'It is so.',
    },
    ...{ evidence: {}, resource: { system: 'entra', type: 'oauth2PermissionGrant', id } },
    ...(grantId !== undefined && { remedy }),
    ...more,
  } as Finding;
}

test('the next report tells what somebody did and what lives on, also where nothing is left that could be read', async () => {
  const residual = { until: '2026-11-24T10:00:00.000Z', why: 'Tokens live on.' };
  const before = [
    found('a call with a token that has ended', { status: 'nothing-to-do', incident: true }),
    found('a token that was used, and was taken away by hand', { incident: true }, 'by-hand'),
    found('a use of what could not be checked', { status: 'could-not-check', incident: true }),
    found('tokens of the identity', { status: 'nothing-to-do', residual }),
    found('a grant that may stand', {}, 'denied'),
    found('something to do by hand', { status: 'manual-action' }),
    found('a grant that is gone', {}, 'gone'),
    found('nothing to do', { status: 'nothing-to-do' }),
    found('could not be checked', { status: 'could-not-check' }),
    found('found anew', { status: 'manual-action', incident: true }),
  ];
  const report = { outcome: 'attention', incident: true, case: {}, summary: { counts: { 'awaiting-decision': 0 } } };
  const files = await Promise.all([
    storage.putOnce('evidence', `${folder}/report.json`, JSON.stringify({ ...report, steps: [] })),
    storage.putOnce(
      'evidence',
      `${folder}/steps/consent-1.json`,
      JSON.stringify({ step: 'consent', findings: before, coverage: [], actions: [] }),
    ),
  ]);
  const sealed = files.map(({ name, sha256, bytes }) => ({ name, sha256, bytes }));
  const manifest = { generatedAt: '2026-11-23T09:41:07.000Z', outcome: 'attention', files: sealed };
  await storage.putOnce('evidence', `${folder}/manifest.json`, JSON.stringify(manifest));
  const anew = { step: 'consent', findings: before.slice(-1), coverage: [], actions: [] };
  const part = { step: 'consent', ref: await storage.putJson('work', `${caseId}/consent`, anew) };

  const asked = {
    oid: OID,
    trigger: 'api',
    mode: 'apply',
    reason: 'left',
    requestedBy: 'operator',
    requestedAt: AT,
  } as const;
  const row: CaseRow = {
    ...{ ...asked, caseId, n: 1, state: 'running', instanceId: instanceIdOf(caseId), openedAt: AT, merged: [] },
    revisions: [{ attempt: 1, filedAt: AT, outcome: 'attention', report: `${folder}/report.json` }],
  };
  const carried = await carryFindings.handler(
    { caseId, row, parts: [{ ...part, findings: 1, coverage: 'complete' }] },
    context,
  );
  const [filed] = carried.parts;
  assert.ok(filed !== undefined && carried.parts.length === 1);
  const { findings } = await storage.getJson<{ findings: Finding[] }>(filed.ref);
  const told = findings.map(({ title, status, incident, residual: left, remedy }) =>
    [title, status, incident && 'incident', left && 'residual', remedy && 'remedy'].filter(Boolean).join(', '),
  );
  assert.deepEqual(told, [
    'a call with a token that has ended, nothing-to-do, incident',
    'a token that was used, and was taken away by hand, nothing-to-do, incident',
    'a use of what could not be checked, nothing-to-do, incident',
    'tokens of the identity, nothing-to-do, residual',
    'a grant that may stand, planned, remedy',
    'something to do by hand, manual-action',
  ]);
});
