import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RemedyCall } from '../../../src/cases/remedies/remedy.ts';
import type { GivenBack } from '../../../src/cases/remedies/restore.ts';
import { failed, ok, type VendorFailure, type VendorResult } from '../../../src/connectors/result.ts';
import type { Vendors } from '../../../src/connectors/vendors.ts';
import { PERMISSIONS } from '../../../src/permissions/table.ts';
import { REMEDIES, type RemedyKind } from '../../../src/steps/registry.ts';
import { givenBackOf } from '../../../src/steps/restoring/given-back.ts';
import { restoreTarget } from '../../../src/steps/restoring/restore-target.ts';
import { type InPlace, type RestoringByApp, undoInWords } from '../../../src/steps/restoring/restoring.ts';

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

const call = { kind: 'delete-delegated-grant', expected: {} } as unknown as RemedyCall;
const NOBODY = {} as Vendors;
const GONE: VendorFailure = { kind: 'unavailable', tryAgainAfterMs: 0, message: 'Nobody answers.' };

/** Looks as often as asked, and remembers what was given. */
function restoring(...looks: readonly VendorResult<InPlace>[]) {
  const given: unknown[] = [];
  const left = [...looks];
  const restore: RestoringByApp = {
    by: 'app',
    undo: 'it comes back.',
    look: async () => left.shift() ?? failed(GONE),
    give: async (_, __, image) => {
      given.push(image);
      return ok(undefined, 'request-1');
    },
  };
  return { restore, given };
}
const FREE = ok<InPlace>({ is: 'free' });
const BACK = ok<InPlace>({ is: 'back' });
const ANOTHER = ok<InPlace>({ is: 'other', why: 'It is another one by now.' });

const GIVEN: readonly (readonly [
  what: string,
  looks: readonly VendorResult<InPlace>[],
  image: object,
  is: string,
  wrote: number,
])[] = [
  ['its place is free, and it is seen there', [FREE, BACK], { a: 1 }, 'given', 1],
  ['the vendor does not show it yet', [FREE, FREE], { a: 1 }, 'unseen', 1],
  ['nobody can look afterwards', [FREE, failed(GONE)], { a: 1 }, 'unseen', 1],
  ['it stands there as it was', [BACK], { a: 1 }, 'there', 0],
  ['something else stands there', [ANOTHER], { a: 1 }, 'other', 0],
  ['nobody can look before', [failed(GONE)], { a: 1 }, 'failed', 0],
  ['a redaction changed its image', [FREE, BACK], { a: 'x [redacted] y' }, 'other', 0],
  ['a token was taken out of its image', [FREE, BACK], { a: '[github-classic token]' }, 'other', 0],
];
for (const [what, looks, image, is, wrote] of GIVEN) {
  test(`giving back: ${what}`, async () => {
    const { restore, given } = restoring(...looks);
    const came = await restoreTarget(NOBODY, restore, call, image as Record<string, unknown>);
    assert.deepEqual([came.is, given.length], [is, wrote]);
    if (wrote > 0) assert.ok('requestId' in came && came.requestId === 'request-1');
  });
}

test('what the vendor refuses to take back has failed', async () => {
  const { restore } = restoring(FREE);
  const came = await restoreTarget(NOBODY, { ...restore, give: async () => failed(GONE) }, call, {});
  assert.deepEqual(came, { is: 'failed', failure: GONE });
});

const grant = (grantId: string, principal: string) => ({
  ...{ kind: 'delete-delegated-grant', grantId, clientId: 'c', resourceId: 'r', scope: 'x' },
  expected: { consentType: 'Principal', principal, client: 'c', resource: 'r', scopes: ['x'] },
});
const back = (grantId: string, principal: string, is: string) =>
  ({ wanted: { call: grant(grantId, principal) }, result: is }) as unknown as GivenBack;

test('what was given back is the same target under whatever number, and its newest word counts', () => {
  const all = [back('1', 'alex', 'failed'), back('2', 'alex', 'restored'), back('3', 'ana', 'other')];
  assert.equal(givenBackOf(all, grant('9', 'alex')), all[1]);
  assert.equal(givenBackOf(all, grant('9', 'ana')), all[2]);
  assert.equal(givenBackOf(all, grant('1', 'bob')), undefined);
  assert.equal(givenBackOf([], grant('1', 'alex')), undefined);
});
