import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LoggedAct } from '../../../../src/connectors/github/audit-log/audit-log-acts.ts';
import {
  repositoriesOfAddedKeys,
  withoutListedKeys,
} from '../../../../src/steps/runner-credentials/rules/github/tokens/unlisted-keys.ts';

const AT = '2026-11-20T10:00:00Z';
const act = (more: Partial<LoggedAct>): LoggedAct => ({
  at: AT,
  actorId: 7,
  action: 'public_key.create',
  repository: 'acme/pay',
  title: 'ci',
  bySchedule: false,
  ...more,
});
const listed = new Map([['acme/pay', [{ fingerprint: null, title: 'ci', createdAt: AT }]]]);

test('what was done to a key that is listed is told with the key, and the rest stays', () => {
  const left = (...acts: readonly LoggedAct[]) => withoutListedKeys(acts, listed).length;
  assert.equal(left(act({})), 0);
  assert.equal(left(act({}), act({ action: 'public_key.delete' })), 0);
  assert.equal(left(act({ title: 'gone' })), 1);
  assert.equal(left(act({ action: 'public_key.delete' })), 1, 'another added it');
  assert.equal(left(act({ action: 'hook.create' })), 1);
  assert.equal(left(act({ repository: 'acme/other' })), 1);
  assert.equal(left(act({ at: '2026-01-01T00:00:00Z' })), 1, 'a key of that name was added before');
});

test('of several keys that are listed each act is told with its own', () => {
  const key = (title: string) => ({ fingerprint: null, title, createdAt: AT });
  const both = new Map([['acme/pay', [key('ci'), key('other'), key('theirs')]]]);
  const acts = [act({}), act({ title: 'other' }), act({ title: 'theirs', action: 'public_key.update' })];
  assert.deepEqual(
    withoutListedKeys(acts, both).map(({ title }) => title),
    ['theirs'],
  );
  const hook = act({ action: 'hook.create' });
  assert.deepEqual(withoutListedKeys([act({}), hook], both), [hook], 'a hook that is called like a key');
  const elsewhere = [act({ repository: 'acme/web' }), act({ action: 'public_key.update' })];
  assert.deepEqual(withoutListedKeys(elsewhere, both), elsewhere, 'a key of that name was added elsewhere');
  const { repository: _, ...own } = act({});
  assert.deepEqual(withoutListedKeys([own], both), [own]);
});

test('a list is asked for where the log says that a key was added', () => {
  const { repository: _, ...nowhere } = act({});
  assert.deepEqual(
    repositoriesOfAddedKeys([
      act({ repository: 'b' }),
      act({ repository: 'a' }),
      act({ repository: 'b' }),
      act({ repository: 'c', action: 'public_key.delete' }),
      nowhere,
    ]),
    ['a', 'b'],
  );
});
