import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { getJson, putJson, putOnce } from '../src/connectors/storage/evidence.ts';
import { startApp } from './support/start-app.ts';

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

test('storage refuses a caller without a token', async () => {
  const response = await fetch(`${app.config.BLOB_ENDPOINT}/evidence/case-1/report.json`);
  assert.notEqual(response.status, 200);
});
