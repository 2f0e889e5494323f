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

/** What happens once everybody's credentials and the people were listed, before it is asked what accounts are called. */
function afterTheLists(act: () => void): void {
  const open = [/\/credential-authorizations/, /^\/graphql$/];
  const stop = app.tenant.server.onCall(({ path }) => {
    const at = open.findIndex((list) => list.test(path));
    if (at >= 0) open.splice(at, 1);
    if (open.length > 0) return;
    stop();
    act();
  });
}

test('an account that was renamed while lists were read owns nothing under the old login, and the list is not whole', async () => {
  afterTheLists(() => github.users.patch(String(githubId), { login: 'zz-top' }));
  const { kinds, line } = await sweep();
  github.users.patch(String(githubId), { login: githubLogin });
  assert.deepEqual([kinds, line?.state], [BY_NUMBER, 'partial']);
  assert.match(line?.detail ?? '', new RegExp(`not called ${githubLogin} any more`));
});

test('what accounts are called is one question, however many there are; who is no member any more is asked by number', async () => {
  const asked = async (): Promise<number> => {
    const from = app.tenant.calls.length;
    await sweep();
    return app.tenant.calls.slice(from).filter(({ path }) => /^\/user\//.test(path)).length;
  };
  assert.equal(await asked(), 0);
  const { identities } = organisation;
  organisation.identities = identities?.filter(({ userId }) => userId !== githubId) ?? null;
  organisation.members.delete(githubId);
  assert.equal(await asked(), 1);
  app.tenant.faults.add({
    vendor: 'github',
    path: new RegExp(`/user/${githubId}$`),
    effect: { kind: 'answer', status: 503, body: '{}' },
  });
  const { kinds, line } = await sweep();
  organisation.identities = identities;
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
