import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { Message } from '../../../src/cases/words/message.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { askApi } from '../../support/api/ask-api.ts';
import { startIntakeApp } from '../../support/apps/intake-app.ts';

const app = await startIntakeApp();
after(() => app.stop());
const { storage } = openVendors(app.config);
const api = askApi(app);

async function ask(path: string, body?: object) {
  const claims = { audience: WORLD.app.audience, oid: WORLD.operator.oid, clientId: 'console', scopes: ['access'] };
  const token = await app.tenant.tokens.issue({ ...claims, roles: ['Offboarding.Operate'] });
  return api(path, { token, ...(body === undefined ? {} : { body }) });
}

test('who was told of a case, and who could not be told so far, is listed oldest first', async () => {
  const opened = await ask('/api/cases', { oid: app.hire(), reason: 'left', mode: 'plan' });
  assert.equal(opened.status, 201, opened.body);
  const { caseId }: { caseId: Message['caseId'] } = JSON.parse(opened.body);
  const about = { caseId, revision: 1, attempts: 1 };
  const [noon, later] = ['2026-11-23T12:00:00.000Z', '2026-11-23T12:05:00.000Z'];
  const failure = 'GitHub answered 403.';
  await storage.enterMessage({
    ...about,
    moment: 'ended',
    channel: 'issue',
    at: later,
    dueAt: later,
    state: 'waiting',
    failure,
  });
  await storage.enterMessage({
    ...about,
    moment: 'started',
    channel: 'teams',
    at: noon,
    dueAt: noon,
    state: 'told',
    toldAt: noon,
  });

  const { status, body } = await ask(`/api/cases/${caseId}/messages`);
  assert.equal(status, 200, body);
  const { messages }: { messages: Message[] } = JSON.parse(body);
  const own = messages.filter(({ at }) => at === noon || at === later);
  assert.deepEqual(own, [
    {
      moment: 'started',
      revision: 1,
      channel: 'teams',
      state: 'told',
      at: noon,
      dueAt: noon,
      attempts: 1,
      toldAt: noon,
    },
    { moment: 'ended', revision: 1, channel: 'issue', state: 'waiting', at: later, dueAt: later, attempts: 1, failure },
  ]);
  assert.equal((await ask('/api/cases/0e000000-0000-4000-8000-0000000000ff-1/messages')).status, 404);
});

test('a case that has cut nothing has nothing to give back', async () => {
  const opened = await ask('/api/cases', { oid: app.hire(), reason: 'left', mode: 'plan' });
  const { caseId }: { caseId: string } = JSON.parse(opened.body);
  const { status, body } = await ask(`/api/cases/${caseId}/restore`);
  assert.deepEqual([status, JSON.parse(body)], [200, { revision: 1, cut: [] }]);
});
