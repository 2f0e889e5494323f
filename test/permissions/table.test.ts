import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { generatedFromPermissions } from '../../scripts/pages/generated-from-permissions.ts';
import { PROBES } from '../../src/connectors/graph/call/probes.ts';
import { nameOfGrant } from '../../src/connectors/permission.ts';
import { whatBreaks } from '../../src/permissions/explain.ts';
import { PERMISSIONS, UNGRANTED } from '../../src/permissions/table.ts';
import { gitHubPermissions, terraformGrants } from '../../src/permissions/terraform-grants.ts';

/** Where vendors say what a permission is for. A new vendor’s pages are added with its first row. */
const DOCUMENTED_AT = /^(learn\.microsoft\.com|docs\.github\.com)\//;

for (const [path, text] of Object.entries(generatedFromPermissions())) {
  test(`${path} is what the table says; if not: npm run write:permissions`, () => {
    // The two texts would hide what to do: `git diff` shows them once it is done.
    assert.ok(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8') === text, 'npm run write:permissions');
  });
}

test('each row has an id of its own, a reason, a source, and something that rests on it', () => {
  assert.equal(new Set(PERMISSIONS.map(({ id }) => id)).size, PERMISSIONS.length);
  for (const row of PERMISSIONS) {
    assert.ok(row.why.endsWith('.'), `${row.id}: \`why\` is no sentence with a full stop`);
    assert.ok(
      DOCUMENTED_AT.test(row.source),
      `${row.id}: \`source\` is at no vendor of DOCUMENTED_AT, above: add a new one`,
    );
    assert.ok(
      whatBreaks(row).length > 0,
      `${row.id}: nothing rests on it; until a source or remedy does, name \`duties\``,
    );
  }
});

test('whatever makes its holder an administrator of the tenant is the remover’s alone, and says how', () => {
  const tier0 = PERMISSIONS.filter((row) => row.tier0 === true);
  assert.ok(tier0.length > 0);
  for (const { identity, risk } of tier0) assert.deepEqual([identity, risk !== undefined], ['remover', true]);
});

test('the reader is given nothing that writes where it discovers', () => {
  const reader = PERMISSIONS.filter(({ identity }) => identity === 'reader');
  const names = reader.map(({ grant }) => nameOfGrant(grant));
  // Azure DevOps has no narrower scope than the one for administering tokens; a signature is how GitHub is asked at all.
  const known = ['vso.tokenadministration', 'Microsoft.KeyVault/vaults/keys/sign/action'];
  const reads =
    /(^|[./])read(\.all)?$|=read$|Reader$|^vso\.(graph|project|build|agentpools|code|release|serviceendpoint|auditlog)$|_read$/i;
  const writing = names.filter((name) => !reads.test(name) && !known.includes(name));
  assert.equal(
    writing.join(', '),
    '',
    `${writing.join(', ')}: not named as what only reads. If it only reads, add how its vendor names that to \`reads\`, above`,
  );
});

test('of every permission of Graph that the reader has, the doctor asks something', () => {
  const names = PERMISSIONS.filter(({ identity, system }) => identity === 'reader' && system === 'graph').map(
    ({ grant }) => nameOfGrant(grant),
  );
  const unasked = names.filter((name) => !Object.hasOwn(PROBES, name));
  assert.deepEqual(
    unasked,
    [],
    `PROBES in src/connectors/graph/call/probes.ts has no question for ${unasked.join(', ')}.`,
  );
});

test('the App is granted the higher of the levels that the identities need', () => {
  const permissions = gitHubPermissions(PERMISSIONS);
  assert.deepEqual([permissions.actions, permissions.contents, permissions.issues], ['write', 'write', 'write']);
});

test('every Azure row is in exactly one role of permissions.json', () => {
  const roles = terraformGrants(PERMISSIONS).azureRoles;
  const granted = roles.flatMap(({ identity, scope, builtIn, actions, dataActions }) =>
    [...(builtIn === null ? [] : [builtIn]), ...actions, ...dataActions].map((name) => `${identity} ${scope} ${name}`),
  );
  const wanted = PERMISSIONS.flatMap(({ identity, grant }) =>
    'scope' in grant ? [`${identity} ${grant.scope} ${nameOfGrant(grant)}`] : [],
  );
  assert.deepEqual(granted.sort(), wanted.sort());
  assert.equal(new Set(roles.map(({ key }) => key)).size, roles.length);
});

test('every permission that a source, a remedy or an act of containment declares is granted', () => {
  assert.deepEqual(UNGRANTED, [], `no permissions.ts in src/connectors has a row ${UNGRANTED.join(', ')}`);
});
