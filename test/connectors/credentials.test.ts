import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withDeadline } from '../../src/connectors/credentials.ts';

test('an identity endpoint that answers nothing holds no call', async () => {
  const credential = withDeadline({ getToken: () => new Promise(() => {}) }, 1);
  await assert.rejects(credential.getToken('https://graph.microsoft.com/.default'), { code: 'deadline-passed' });
});

test('what is answered in time is passed on, with what was asked', async () => {
  const asked: unknown[] = [];
  const credential = withDeadline({
    getToken: async (...question) => {
      asked.push(question);
      return { token: 'a', expiresOnTimestamp: 1 };
    },
  });
  const options = { claims: 'b' };
  assert.equal((await credential.getToken(['scope'], options))?.token, 'a');
  assert.deepEqual(asked, [[['scope'], options]]);
});
