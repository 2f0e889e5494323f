import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PERMISSIONS } from '../../../src/permissions/table.ts';
import { REMEDIES, type RemedyKind } from '../../../src/steps/registry.ts';
import { undoInWords } from '../../../src/steps/restoring/restoring.ts';

/** What undoes each kind. Who adds a kind, or changes what undoes one, says so here as well. */
const UNDONE: Readonly<Record<RemedyKind, 'app' | 'hand' | 'nothing'>> = {
  'delete-delegated-grant': 'app',
  'delete-app-role-assignment': 'app',
  'delete-workload-role': 'app',
  'remove-application-owner': 'app',
  'suspend-subscription-key': 'app',
  'delete-federated-credential': 'app',
  'deny-identity': 'app',
  'disable-agent': 'app',
  'disable-service-connection': 'app',
  'disable-service-hook': 'app',
  'disable-workflow': 'app',
  'remove-deploy-key': 'app',
  // The app may not write one: it could give anybody's sign-in to anybody.
  'delete-access-policy': 'hand',
  // An invitation has to be accepted, so that the app cannot give back what there was.
  'cancel-invitation': 'hand',
  'cancel-repository-invitation': 'hand',
  'remove-membership': 'hand',
  'remove-outside-collaborator': 'hand',
  'remove-entitlement': 'hand',
  // Only the owner of the credential can ask again, or authorise it.
  'deny-token-request': 'hand',
  'revoke-fine-grained-token': 'hand',
  'revoke-sso-credential': 'hand',
  // It proposed something, and cut nothing.
  'hand-over-schedule': 'hand',
  // It is registered from the machine.
  'remove-runner': 'hand',
  // A value that is kept nowhere, or an object that is never made twice.
  'blank-variable': 'nothing',
  'delete-variable': 'nothing',
  'remove-agent': 'nothing',
  'remove-client-secret': 'nothing',
  'revoke-devops-token': 'nothing',
  'revoke-found-token': 'nothing',
};

for (const { kind, restore } of REMEDIES) {
  test(`${kind}: the plan says before the act what undoes it`, () => {
    assert.equal(restore.by, UNDONE[kind]);
    const words = undoInWords(restore);
    assert.match(
      words,
      { app: /^The app, when somebody asks: it /, hand: /^By hand: [A-Z]/, nothing: /^Nothing / }[restore.by],
    );
    assert.match(words, /\.$/);
  });
}

test('what giving back takes is a permission that Terraform grants', () => {
  const ids = new Set(PERMISSIONS.map(({ id }) => id));
  for (const { kind, restore } of REMEDIES) {
    if (restore.by !== 'app' || restore.permissions === undefined) continue;
    const needs =
      'bySort' in restore.permissions ? Object.values(restore.permissions.bySort).flat() : restore.permissions;
    for (const id of needs) assert.ok(ids.has(id), `${kind}: ${id}`);
  }
});
