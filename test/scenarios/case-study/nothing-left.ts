import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Collection } from '../../../local/tenant/core/collection.ts';
import { grantRow } from '../../../local/tenant/entra/applications/grants.ts';
import { assignmentRow } from '../../../local/tenant/entra/applications/service-principals.ts';
import { entraAttributes } from '../../../local/tenant/github/seeds/seed-people.ts';
import { WORLD } from '../../../local/tenant/seeds/world.ts';
import { filedReport } from '../support/fast-stack.ts';
import { administrator, stack } from './world.ts';

test('somebody who leaves nothing behind in a tidy tenant: nothing to do but wait until the last token expires', async () => {
  const { entra, github: hub, devops, arm } = stack.states;
  // Trust in anybody beside the firm is every leaver's: a tidy tenant has none.
  for (const { credentials } of arm.identities.all()) empty(credentials, nameOf);
  empty(entra.federatedCredentials, ({ applicationId, id }) => `${applicationId}/${id}`);
  empty(devops.agents, ({ poolId, id }) => `${poolId}/${id}`);
  empty(devops.machines, ({ id }) => String(id));
  empty(devops.definitions, ({ id }) => String(id));
  empty(devops.variableGroups, ({ id }) => String(id));
  for (const { variables } of [...hub.organisations.all(), ...hub.repositories.all()]) empty(variables, nameOf);
  for (const { files, environments } of hub.repositories.all()) {
    files.clear();
    empty(environments, nameOf);
  }
  const quiet = { oid: '0c000000-0000-4000-8000-0000000000aa', name: 'Nora Quiet', upn: `nora.quiet@${WORLD.domain}` };
  const [ana] = WORLD.colleagues;
  const user = entra.users.get(ana.oid);
  const identities = hub.organisations.all()[0]?.identities;
  assert.ok(user !== undefined && identities);
  entra.users.add({
    ...user,
    id: quiet.oid,
    displayName: quiet.name,
    userPrincipalName: quiet.upn,
    mail: quiet.upn,
    proxyAddresses: [`SMTP:${quiet.upn}`],
    employeeLeaveDateTime: new Date().toISOString(),
  });
  hub.users.add({ id: 777_001, login: 'nquiet', name: quiet.name });
  identities.push({
    guid: '5a0e0000-0000-4000-8000-0000000777aa',
    nameId: quiet.upn,
    attributes: entraAttributes(quiet.oid),
    userId: 777_001,
  });
  // A membership of Azure DevOps waits for a person: somebody who leaves nothing behind is no member.

  // Somebody else is deleted and has a consent and a role left: this Graph lists what deleted people have.
  const gone = { ...user, id: '0c000000-0000-4000-8000-0000000000ab', deletedDateTime: new Date().toISOString() };
  entra.deletedUsers.add(gone);
  const [grant] = entra.grants.where(({ principalId }) => principalId === ana.oid);
  const [role] = entra.assignments.where(({ principalId }) => principalId === ana.oid);
  assert.ok(grant !== undefined && role !== undefined);
  const { id: _, ...consent } = grant;
  const { id: __, ...held } = role;
  entra.grants.add(grantRow({ ...consent, principalId: gone.id }));
  entra.assignments.add(assignmentRow({ ...held, principalId: gone.id }));

  await administrator.deleteUser(quiet.oid);
  const report = await filedReport(stack, `${quiet.oid}-1`);
  assert.equal(report.outcome, 'residual');
  assert.equal(report.residual.length, 1);
  assert.deepEqual(report.summary.notCut, []);
  assert.match(report.summary.next[0]?.text ?? '', /^Wait: 1 access path ends/);
  assert.match(
    report.summary.headline,
    /\d+ of \d+ readable sources were read completely; \d+ standing limits are acknowledged\.$/,
  );
});

function empty<T extends object>(rows: Collection<T>, keyOf: (row: T) => string): void {
  for (const row of rows.all()) rows.delete(keyOf(row));
}

function nameOf({ name }: { readonly name: string }): string {
  return name;
}
