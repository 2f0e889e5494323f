import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failed, ok, type VendorFailure } from '../../../src/connectors/result.ts';
import { remedyOf } from '../../../src/steps/define-remedy.ts';
import {
  deleteFederatedCredential,
  keyOfParent,
  trustOf,
} from '../../../src/steps/federated-credentials/remedies/delete-federated-credential.ts';
import { IDENTITY_TOKENS } from '../../../src/steps/federated-credentials/rules/identity-tokens.ts';
import { DENIED, ID, vendors } from './remedies/world.ts';

const NOT_FOUND: VendorFailure = { kind: 'not-found', status: 404, message: 'It is not there.' };

type Deletion = Parameters<typeof deleteFederatedCredential.read>[1];
const IDENTITY = {
  type: 'managed-identity',
  subscriptionId: 'sub',
  resourceGroup: 'rg',
  name: 'id-pay',
  resourceId: '/subscriptions/sub/resourceGroups/RG/id-pay',
} as const;
const APPLICATION = { type: 'application', objectId: 'OBJ', appId: 'app', name: 'ci-app' } as const;
const credential = { id: 'c1', name: 'ci', issuer: 'https://i.example', audiences: ['b', 'a'], subject: 'repo:x/y:z' };
const deletionOf = (parent: Deletion['parent']): Deletion => ({
  kind: 'delete-federated-credential',
  parent,
  name: 'ci',
  id: 'c1',
  expected: trustOf(credential),
});

test('whom a credential lets in does not depend on the order of its audiences', () => {
  assert.deepEqual(trustOf(credential), {
    issuer: 'https://i.example',
    subject: 'repo:x/y:z',
    expression: null,
    audiences: ['a', 'b'],
  });
  const { subject: _, ...flexible } = credential;
  assert.deepEqual(trustOf({ ...flexible, expression: 'x' }), {
    ...trustOf(credential),
    subject: null,
    expression: 'x',
  });
});

test('a parent is one in whatever case Azure writes it', () => {
  assert.equal(keyOfParent(IDENTITY), '/subscriptions/sub/resourcegroups/rg/id-pay');
  assert.equal(keyOfParent(APPLICATION), 'obj');
});

test('the plan says which credential is deleted, and that the app can create it again', () => {
  const { what, undo } = remedyOf(deleteFederatedCredential, ID, deletionOf(IDENTITY), undefined);
  assert.equal(what, 'Delete the federated credential ci of id-pay.');
  assert.match(undo, /^The app, when somebody asks: it creates the credential again/);
});

test('tokens that were had by the trust live on: a day of a managed identity’s, 90 minutes of an application’s, and what Entra lingers', () => {
  const { livesOn } = deleteFederatedCredential;
  assert.ok(livesOn !== 'nothing');
  assert.equal(livesOn(deletionOf(IDENTITY)).minutes, 1450);
  assert.equal(livesOn(deletionOf(APPLICATION)).minutes, 100);
});

test('each parent takes a permission of its own', () => {
  const { permissions } = deleteFederatedCredential;
  assert.ok('bySort' in permissions);
  assert.deepEqual(permissions.bySort[permissions.sortOf(deletionOf(APPLICATION))], [
    'remover/graph/Application.ReadWrite.All',
  ]);
  assert.match(
    permissions.bySort[permissions.sortOf(deletionOf(IDENTITY))]?.join(' ') ?? '',
    /^remover\/azure\/.*federatedIdentityCredentials\/delete$/,
  );
});

for (const [parent, at, asked] of [
  [IDENTITY, 'azure', 'getFederatedCredential'],
  [APPLICATION, 'graph', 'getApplicationCredential'],
] as const) {
  test(`a credential of a parent of type ${parent.type} is read there, and is gone only by its 404`, async () => {
    const read = (answer: unknown) =>
      deleteFederatedCredential.read(vendors({ [at]: { [asked]: async () => answer } }), deletionOf(parent));
    const stranger = { ...credential, subject: 'repo:stranger/x:y' };
    // The trust of now, which differs from the planned one.
    const now = { ...trustOf(credential), subject: 'repo:stranger/x:y' };
    const present = { state: 'present', image: { parent, credential: stranger }, now } as const;
    assert.deepEqual(await read(ok(stranger, 'request')), ok(present, 'request'));
    assert.deepEqual(await read(failed(NOT_FOUND)), ok({ state: 'gone' }));
    assert.deepEqual(await read(failed(DENIED)), failed(DENIED));
  });
}

for (const [parent, at, asked, by] of [
  [IDENTITY, 'azure', 'deleteFederatedCredential', [IDENTITY, 'ci']],
  [APPLICATION, 'graph', 'deleteApplicationCredential', ['OBJ', 'c1']],
] as const) {
  test(`a credential of a parent of type ${parent.type} is deleted there, and only once the vendor says so it is done`, async () => {
    const given: unknown[] = [];
    const act = (answer: unknown) => {
      const deleting = async (...args: unknown[]) => {
        given.push(args);
        return answer;
      };
      return deleteFederatedCredential.act(vendors({ [at]: { [asked]: deleting } }), deletionOf(parent));
    };
    assert.deepEqual(await act(ok(undefined, 'request')), ok({ effect: 'done' }, 'request'));
    assert.deepEqual(await act(failed(DENIED)), failed(DENIED));
    assert.deepEqual(given, [by, by]);
  });
}

test('each deletion takes three calls to the vendor of its parent', () => {
  const parents = [IDENTITY, IDENTITY, APPLICATION, IDENTITY, APPLICATION];
  assert.deepEqual(deleteFederatedCredential.leastCalls(parents.map(deletionOf)), [
    { vendor: 'arm', calls: 9 },
    { vendor: 'graph', calls: 6 },
  ]);
});

test('its place is free where nothing stands there, and not where another trust does', async () => {
  const { restore } = deleteFederatedCredential;
  assert.ok(restore.by === 'app');
  const { look } = restore;
  const placeOf = async (parent: Deletion['parent'], at: string, asked: string, answer: unknown): Promise<string> => {
    const found = await look(vendors({ [at]: { [asked]: async () => answer } }), deletionOf(parent));
    return found.ok ? found.value.is : found.failure.kind;
  };
  for (const [parent, at, asked] of [
    [IDENTITY, 'azure', 'getFederatedCredential'],
    [APPLICATION, 'graph', 'getApplicationCredential'],
  ] as const) {
    assert.equal(await placeOf(parent, at, asked, failed(NOT_FOUND)), 'free');
    assert.equal(await placeOf(parent, at, asked, ok(credential)), 'back');
    assert.equal(await placeOf(parent, at, asked, ok({ ...credential, subject: 'repo:stranger/x:y' })), 'other');
    assert.equal(await placeOf(parent, at, asked, failed(DENIED)), 'denied');
  }
});

test('one target is one in whatever case Azure writes it, and giving back takes a permission to write', () => {
  const { restore } = deleteFederatedCredential;
  assert.ok(restore.by === 'app');
  assert.equal(restore.same?.({ ...deletionOf(APPLICATION), name: 'CI' }), 'obj ci');
  const { permissions } = restore;
  assert.ok(permissions !== undefined && 'bySort' in permissions);
  const needed = (parent: Deletion['parent']) => permissions.bySort[permissions.sortOf(deletionOf(parent))];
  assert.deepEqual(needed(APPLICATION), ['remover/graph/Application.ReadWrite.All']);
  assert.match(needed(IDENTITY)?.join(' ') ?? '', /^remover\/azure\/.*federatedIdentityCredentials\/write$/);
});

test('it is created again as the image has it, and never without an image', async () => {
  const { restore } = deleteFederatedCredential;
  assert.ok(restore.by === 'app');
  const made: unknown[] = [];
  const graph = { createApplicationCredential: async (...given: unknown[]) => made.push(given) };
  await restore.give(vendors({ graph }), deletionOf(APPLICATION), { credential });
  const azure = { createFederatedCredential: async (...given: unknown[]) => made.push(given) };
  await restore.give(vendors({ azure }), deletionOf(IDENTITY), { credential });
  const whole = { name: 'ci', issuer: 'https://i.example', audiences: ['b', 'a'], subject: 'repo:x/y:z' };
  assert.deepEqual(made, [
    ['OBJ', whole],
    [IDENTITY, whole],
  ]);
  assert.throws(() => restore.give(vendors({ graph }), deletionOf(APPLICATION), {}));
});

test('calls of the identity are what may stop', () => {
  const { stops } = deleteFederatedCredential;
  assert.ok(stops !== 'nothing-read');
  const tokens = {
    id: ID,
    step: 'federated-credentials',
    kind: IDENTITY_TOKENS,
    title: 'x',
    severity: 'medium',
    status: 'planned',
    resource: { system: 'entra', type: 'servicePrincipal', id: 'x', name: 'id-pay' },
    reason: 'x',
    evidence: { parent: keyOfParent(IDENTITY), cut: ['ci'], calls: 3 },
  } as const;
  const stopped = (...findings: readonly (typeof tokens)[]) =>
    stops(deletionOf(IDENTITY), { uses: [], findings }, tokens).map(({ what }) => what);
  assert.deepEqual(stopped(tokens), ['3 calls of MCP tools in the last 90 days as id-pay']);
  assert.deepEqual(stopped(), []);
});
