import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { closeCase } from '../../../activities/case/close-case.ts';
import type { CaseId } from '../../../src/cases/ids.ts';
import { updateCase } from '../../../src/connectors/storage/cases/case-table.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { openCase } from '../../../src/intake/starting/open-case.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';

const app = await startIntakeApp();
after(() => app.stop());
const vendors = openVendors(app.config);

test('a case that was refused while its report was being filed stays refused: its leaver was let in', async () => {
  const oid = app.hire();
  await app.administrator.deleteUser(oid);
  const at = new Date().toISOString();
  const asked = {
    oid,
    trigger: 'entra-event',
    reason: 'left',
    requestedBy: 'entra',
    requestedAt: at,
    mode: 'apply',
  } as const;
  await openCase(vendors, app.config, asked, app.start);
  const caseId = `${oid}-1` as CaseId;
  await updateCase(app.config, caseId, (row) => ({ ...row, state: 'refused', refusal: 'They are back.' }));
  const report = await vendors.storage.putOnce('evidence', `cases/${caseId}/report.json`, '{}');
  const counts = {
    ...{ planned: 0, 'awaiting-decision': 0, done: 0, 'nothing-to-do': 0 },
    ...{ 'needs-code-change': 0, 'manual-action': 0, 'could-not-check': 0, failed: 0 },
  };
  const parts = { report, html: report, markdown: report, manifest: report };
  const filed = { outcome: 'clear', incident: false, ...parts, counts, nextSteps: 0 } as const;
  const context = { vendors, settings: app.config, log: app.log, now: () => new Date() };
  await closeCase.handler({ caseId, filed, filedAt: at }, context as never);
  const [stored] = await vendors.storage.casesOf(oid);
  assert.deepEqual([stored?.row.state, stored?.row.outcome], ['refused', undefined]);
});
