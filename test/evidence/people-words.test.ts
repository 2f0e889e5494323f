import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { collectEvidence } from '../../activities/case/report/collect-evidence.ts';
import { type CaseRow, instanceIdOf } from '../../src/cases/case.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import { verifyEvidence } from '../../src/evidence/verify-evidence.ts';
import type { Answer } from '../../src/people/answers/answers.ts';
import type { Oid } from '../../src/people/oid.ts';
import { startApp } from '../support/apps/start-app.ts';
import { keepBlobsInMemory } from '../support/storage-in-memory/blobs.ts';

keepBlobsInMemory();
const app = await startApp({ vendors: () => [] });
after(() => app.stop());
const { vendors } = app.context;
const { storage } = vendors;
const DECISIONS = { exemptions: [], acknowledged: [], unconfigured: [] };

test('what people said about somebody is verified with the folder of the one case that was downloaded', async () => {
  const oid = '0e000000-0000-4000-8000-000000000001' as Oid;
  const [earlier, caseId] = [makeCaseId(oid, 1), makeCaseId(oid, 2)];
  const AT = '2026-11-23T10:00:00.000Z';
  const said = {
    oid,
    n: 1,
    kind: 'none',
    statement: 'is',
    vendor: 'github',
    reason: 'None.',
    by: 'a1',
    at: AT,
  } as const;
  const { name, sha256, bytes } = await storage.putJson('evidence', `answers/${oid}/1`, said);
  const answer: Answer = { ...said, shown: '0'.repeat(64), filed: [{ name, sha256, bytes }] };
  const accepted = await Promise.all(
    [earlier, caseId].map((each) => storage.putJson('evidence', `cases/${each}/exceptions/X-0123456789ab`, { each })),
  );
  const row: CaseRow = {
    ...{ oid, caseId, n: 2, trigger: 'api', mode: 'apply', state: 'running', reason: 'left', merged: [] },
    ...{ requestedBy: 'hr', requestedAt: AT, openedAt: AT, instanceId: instanceIdOf(caseId) },
  };
  const folder = `cases/${caseId}`;
  const evidence = { caseId, row, parts: [], actions: [], leaver: { answers: [answer] } };
  const exceptions = accepted.map((file) => ({ file }));
  const { files } = await collectEvidence(vendors, folder, { ...evidence, exceptions }, DECISIONS);
  assert.ok(
    [sha256, ...accepted.map((each) => each.sha256)].every((each) => files.some((file) => file.sha256 === each)),
  );

  const manifest = { schemaVersion: '1.0', caseId, generatedAt: AT, outcome: 'clear', files };
  await storage.putOnce('evidence', `${folder}/manifest.json`, JSON.stringify(manifest));
  const names = await storage.listNames('evidence', `${folder}/`, 100);
  const downloaded = await Promise.all(
    names.map(async (each) => ({
      name: each,
      bytes: Buffer.from((await storage.getText('evidence', each)) ?? ''),
    })),
  );
  const { faults, verdict } = await verifyEvidence(downloaded);
  assert.deepEqual([verdict, faults], ['unsigned', []]);
});
