import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, test } from 'node:test';
import { makeCaseId } from '../src/cases/ids.ts';
import { makePlanOf } from '../src/cases/remedies/plan.ts';
import type { BlobRef } from '../src/cases/remedies/remedy.ts';
import { getPlan } from '../src/connectors/storage/cases/plans.ts';
import { getJson, putJson, putOnce } from '../src/connectors/storage/evidence/evidence.ts';
import { OidSchema } from '../src/people/oid.ts';
import { startApp } from './support/apps/start-app.ts';

const app = await startApp({ vendors: () => [], storage: true });
after(() => app.stop());

test('evidence is filed with a managed identity’s token and read back by its digest', async () => {
  const ref = await putJson(app.config, 'evidence', 'case-1', { finding: 'F-1' });
  assert.deepEqual(await getJson(app.config, ref), { finding: 'F-1' });
});

test('a filed document cannot be replaced by another', async () => {
  await putOnce(app.config, 'evidence', 'case-1/report.json', '{"outcome":"clear"}');
  await putOnce(app.config, 'evidence', 'case-1/report.json', '{"outcome":"clear"}');
  await assert.rejects(putOnce(app.config, 'evidence', 'case-1/report.json', '{"outcome":"failed"}'), {
    code: 'evidence-altered',
  });
});

test('a plan is read once, one that could not be read is asked for again, and each by its digest', async () => {
  const plan = makePlanOf(makeCaseId(OidSchema.parse('0e000000-0000-4000-8000-000000000001'), 1), []);
  const text = JSON.stringify(plan);
  const ref: BlobRef = {
    container: 'work',
    name: 'case-1/plan.json',
    sha256: createHash('sha256').update(text).digest('hex'),
    bytes: text.length,
  };
  await assert.rejects(getPlan(app.config, ref), { code: 'evidence-altered' });
  await putOnce(app.config, 'work', ref.name, text);
  const read = await getPlan(app.config, ref);
  assert.deepEqual(read, plan);
  assert.equal(await getPlan(app.config, ref), read);
  await assert.rejects(getPlan(app.config, { ...ref, sha256: '0'.repeat(64) }), { code: 'evidence-altered' });
});

test('storage refuses a caller without a token', async () => {
  const response = await fetch(`${app.config.BLOB_ENDPOINT}/evidence/case-1/report.json`);
  assert.notEqual(response.status, 200);
});
