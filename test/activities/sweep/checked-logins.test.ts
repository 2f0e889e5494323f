import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { findOrphanedCredentials } from '../../../activities/sweep/find-orphaned-credentials.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import type { SweepFindings } from '../../../src/sweep/sweep-report.ts';
import { startAccountsApp } from '../case/accounts-app.ts';

const { app, github, organisation } = await startAccountsApp({ storage: true });
after(() => app.stop());
const { githubId, githubLogin, oid } = WORLD.leaver;
const members = new Set(organisation.members);
afterEach(() => {
  app.tenant.faults.clear();
  organisation.members.clear();
  for (const id of members) organisation.members.add(id);
});

let minutes = 0;
/** The kinds of credentials for which the sweep would open the leaver's case, and the line of the list by login. */
async function sweep() {
  minutes += 1;
  const at = new Date(Date.now() + minutes * 60_000).toISOString();
  const { found } = await findOrphanedCredentials.handler({ at }, app.context);
  const { orphaned, coverage } = await app.context.vendors.storage.getJson<SweepFindings>(found);
  const own = orphaned.find(({ person }) => person.oid === oid)?.credentials ?? [];
  const line = coverage.find(({ source }) => source === `github/sso-credentials:${WORLD.github.organisation}`);
  return { kinds: [...new Set(own.map(({ kind }) => kind))].sort(), line };
}

const ALL = ['delegated-grant', 'fine-grained-token', 'sso-credential'];
const BY_NUMBER = ALL.slice(0, 2);

test('what is listed under the login of a leaver’s account is theirs while the account is called so', async () => {
  const { kinds, line } = await sweep();
  assert.deepEqual([kinds, line?.state], [ALL, 'complete']);
});

test('an account that has another login by now owns nothing under the old one, and the list is not whole', async () => {
  const body = JSON.stringify({ id: githubId, login: 'zz-top' });
  app.tenant.faults.add({
    vendor: 'github',
    path: new RegExp(`/user/${githubId}$`),
    effect: { kind: 'answer', status: 200, headers: { 'content-type': 'application/json' }, body },
  });
  const { kinds, line } = await sweep();
  assert.deepEqual([kinds, line?.state], [BY_NUMBER, 'partial']);
  assert.match(line?.detail ?? '', new RegExp(`not called ${githubLogin} any more`));
});

test('where GitHub does not say what the account is called, nothing is opened by its login', async () => {
  app.tenant.faults.add({
    vendor: 'github',
    path: new RegExp(`/user/${githubId}$`),
    effect: { kind: 'answer', status: 503, body: '{}' },
  });
  const { kinds, line } = await sweep();
  assert.deepEqual([kinds, line?.state], [BY_NUMBER, 'partial']);
});

test('a login that another account was seen with in the same reading is nobody’s', async () => {
  const claimed = github.users.add({ id: 4_700_009, login: githubLogin, name: 'Newcomer' });
  organisation.outsideCollaborators.add(claimed.id);
  const { kinds } = await sweep();
  organisation.outsideCollaborators.delete(claimed.id);
  github.users.delete(String(claimed.id));
  assert.deepEqual(kinds, BY_NUMBER);
});
