import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeCompany, describeOwn } from '../../cli/exposure.ts';

const KEY = {
  ...{
    id: 'X-000000000001',
    kind: 'deploy-key' as const,
    title: 'The deploy key “a\nb” that you added',
    where: 'GitHub, acme/app',
  },
  ...{ survives: true, why: 'Whoever has its private half gets in.' },
  remedy: { class: 'approval', todo: 'Delete it.', command: 'gh repo deploy-key delete 1 --repo acme/app' },
} as const;

test('one’s own list says what would still work, where, and what to do; and what was not read', () => {
  const own = { oid: 'o', readAt: '2026-11-30T04:40:00Z', state: 'at-least', surviving: 1, paths: [KEY] } as const;
  const text = describeOwn({ ...own, paths: [KEY], notRead: [{ source: 's', detail: 'The list s was not read.' }] });
  assert.match(text, /at least 1 thing of yours would still work/);
  assert.match(text, /would still work: The deploy key “a b” that you added\n {4}GitHub, acme\/app/);
  assert.match(text, /What to do: Delete it\.\n {6}gh repo deploy-key delete 1/);
  assert.match(text, /not read: The list s was not read\./);
});

test('a number that is withheld is said to be withheld, and is never shown as 0', () => {
  const text = describeCompany({
    ...{ readAt: '2026-11-30T04:40:00Z', state: 'exact', notRead: [], trend: [] },
    bands: [
      { band: '0', people: null, suppressed: true },
      { band: '1-2', people: 12, suppressed: false },
    ],
    kinds: [{ kind: 'deploy-key', people: null, suppressed: true }],
  });
  assert.match(text, / {2}nothing: withheld\n {2}1 or 2 things: 12/);
  assert.match(text, /deploy-key: withheld/);
  assert.doesNotMatch(text, /: 0/);
});
