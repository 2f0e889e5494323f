import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { carryFindings } from '../../../../activities/case/report/carry-findings.ts';
import { type CaseRow, instanceIdOf } from '../../../../src/cases/case.ts';
import type { Finding } from '../../../../src/cases/finding.ts';
import { makeCaseId } from '../../../../src/cases/ids.ts';
import { failed } from '../../../../src/connectors/result.ts';
import type { Answer } from '../../../../src/people/answers/answers.ts';
import type { Oid } from '../../../../src/people/oid.ts';
import { finding, OID, withRemedy } from '../../../report/sample-case.ts';
import { startApp } from '../../../support/apps/start-app.ts';
import { keepBlobsInMemory } from '../../../support/storage-in-memory/blobs.ts';
import { keepTablesInMemory } from '../../../support/storage-in-memory/tables.ts';

keepTablesInMemory();
keepBlobsInMemory();
const app = await startApp({ vendors: () => [] });
after(() => app.stop());
const { storage } = app.context.vendors;
const readGrant = async () => failed({ kind: 'denied', status: 403, message: 'no' });
const graph = { ...app.context.vendors.graph, readGrant } as unknown as typeof app.context.vendors.graph;
const context = { ...app.context, vendors: { ...app.context.vendors, graph } };
const FILED = '2026-11-22T09:05:00.000Z';
const LATER = '2026-11-23T10:00:00.000Z';
const OTHER = '0e000000-0000-4000-8000-0000000000bb' as Oid;

/** What the next report carries of one grant that the report before found by the account 7. */
async function carriedWith(n: number, said: Partial<Answer> & Pick<Answer, 'kind'>): Promise<Finding | undefined> {
  const caseId = makeCaseId(OID, n);
  const folder = `cases/${caseId}`;
  const found = withRemedy(finding('consent', 'delegated-grant', `grant-${n}`));
  const report = {
    ...{ outcome: 'attention', incident: false, case: {}, summary: { counts: { 'awaiting-decision': 0 } }, steps: [] },
    leaver: { github: [{ id: n, login: 'dev' }], devops: [] },
  };
  const step = { step: 'consent', findings: [found], coverage: [], actions: [] };
  const files = await Promise.all([
    storage.putOnce('evidence', `${folder}/report.json`, JSON.stringify(report)),
    storage.putOnce('evidence', `${folder}/steps/consent-1.json`, JSON.stringify(step)),
  ]);
  const sealed = files.map(({ name, sha256, bytes }) => ({ name, sha256, bytes }));
  const manifest = { generatedAt: FILED, outcome: 'attention', files: sealed };
  await storage.putOnce('evidence', `${folder}/manifest.json`, JSON.stringify(manifest));
  const word = { by: 'b2', at: LATER, reason: 'Seen.' };
  const given = { statement: 'is', reason: 'Asked.', by: 'a1', at: LATER, shown: '0'.repeat(64) } as const;
  await storage.addAnswer({ oid: OTHER, ...given, confirmed: word, ...said });
  const row: CaseRow = {
    ...{ oid: OID, caseId, n, trigger: 'api', mode: 'apply', state: 'running', reason: 'left', merged: [] },
    ...{ requestedBy: 'hr', requestedAt: FILED, openedAt: FILED, instanceId: instanceIdOf(caseId) },
    revisions: [{ attempt: 1, filedAt: FILED, outcome: 'attention', report: `${folder}/report.json` }],
  };
  const carried = await carryFindings.handler({ caseId, row, parts: [] }, context);
  const [filed] = carried.parts;
  assert.ok(filed !== undefined);
  return (await storage.getJson<{ findings: Finding[] }>(filed.ref)).findings[0];
}

test('an answer about an account that the report did not rest on changes nothing of it', async () => {
  const carried = await carriedWith(9, { kind: 'account', oid: OTHER, vendor: 'azure-devops', accountId: '9' });
  assert.ok(carried?.remedy !== undefined);
});

test('nothing is cut by a report whose account is another’s, or a service’s, or whose two ids are one person’s no more', async () => {
  const withdrawn = { by: 'c3', at: LATER, reason: 'Wrong.' };
  const against: readonly (Partial<Answer> & Pick<Answer, 'kind'>)[] = [
    { kind: 'account', vendor: 'github', accountId: '1' },
    { kind: 'service-account', vendor: 'github', accountId: '2' },
    { kind: 'same-person', other: OID as Oid, withdrawn },
  ];
  for (const [index, said] of against.entries()) {
    const carried = await carriedWith(index + 1, said);
    assert.deepEqual([carried?.status, carried?.remedy], ['manual-action', undefined], said.kind);
  }
});
