import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { ORGANISATION, startCaseStudyGitHub } from './case-study.ts';

const { app, state, installation, scanAll } = await startCaseStudyGitHub({ storage: true, repositories: 2 });
after(() => app.stop());
const added: string[] = [];
afterEach(() => {
  app.tenant.faults.clear();
  state.paging = {};
  for (const id of added.splice(0)) state.installations.delete(id);
});

/** The App is installed there as well. */
function install(organisation: string, more: { readonly suspendedAt?: Date; readonly type?: 'User' } = {}): void {
  const id = 9_000 + added.length;
  state.installations.add({ ...installation, id, organisation, ...more });
  added.push(String(id));
}

async function told() {
  const { coverage } = await scanAll();
  const lines = coverage.filter(({ source }) => source.startsWith('github/other-organisations'));
  assert.equal(lines.length, 1, 'once in a case');
  return lines[0];
}

test('where the settings name every organisation on which the App is installed, the line is complete', async () => {
  const line = await told();
  assert.deepEqual([line?.source, line?.state, line?.looked.count], ['github/other-organisations', 'complete', 1]);
});

test('an organisation on which the App is installed and no setting names is told: nobody looked there', async () => {
  install('acme-labs');
  const line = await told();
  assert.deepEqual([line?.state, line?.why], ['not-examined', 'not-configured']);
  assert.match(line?.detail ?? '', /GITHUB_ORGANISATIONS does not name acme-labs, which the app sees/);
});

test('a suspended one and somebody’s own account are told as what they are', async () => {
  install('acme-old', { suspendedAt: new Date('2026-01-05T08:00:00Z') });
  install('amoreau', { type: 'User' });
  const { detail = '' } = (await told()) ?? {};
  assert.match(detail, /suspended \(acme-old\)/);
  assert.match(detail, /an account that is no organisation \(amoreau\)/);
});

test('of more than a hundred, the one on the second page is told as well', async () => {
  for (let n = 0; n < 105; n += 1) install(`acme-${n}`);
  const line = await told();
  assert.deepEqual([line?.looked.asked, line?.looked.count], [106, 1]);
});

test('a list without the organisation that the settings name may lack others as well', async () => {
  state.installations.delete(String(installation.id));
  install('acme-labs');
  const others = await told();
  state.installations.delete(added.splice(0)[0] ?? '');
  const none = await told();
  state.installations.add(installation);
  assert.equal(others?.state, 'not-examined');
  assert.deepEqual([none?.state, none?.looked.count], ['partial', 0]);
  assert.match(none?.detail ?? '', new RegExp(`lacks ${ORGANISATION}`));
});

test('an installation in a shape that cannot be read leaves the line partial, and costs no other', async () => {
  install('acme-labs');
  state.paging = { oddRow: (row, index) => (index === 0 ? { ...(row as object), account: null } : row) };
  const line = await told();
  assert.equal(line?.state, 'not-examined');
  assert.match(line?.detail ?? '', /acme-labs/);
});

for (const status of [401, 403, 404, 429, 500]) {
  test(`${status} to the question is never taken for no other organisation`, async () => {
    app.tenant.faults.add({ vendor: 'github', path: /\/app\/installations(?!\/)/, effect: { kind: 'answer', status } });
    const line = await told();
    assert.ok(line !== undefined && line.state !== 'complete', line?.state);
  });
}
