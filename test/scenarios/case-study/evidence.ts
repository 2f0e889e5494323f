import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { verifyEvidence } from '../../../src/evidence/verify-evidence.ts';
import type { Manifest } from '../../../src/report/report.ts';
import { blobsOf } from '../support/everything-written.ts';
import { CASE, stack, told } from './world.ts';

test('the evidence of the case is verified offline with the vault’s key, and a single byte that changes is found', async () => {
  const { report } = await told();
  const blobs = await blobsOf(stack, 'evidence', `cases/${CASE}/`);
  const files = [...blobs].map(([name, bytes]) => ({ name, bytes }));
  const { verdict, faults, unsealed, signedBy } = await verifyEvidence(files);
  assert.deepEqual([verdict, faults, unsealed], ['not-pinned', [], []]);
  const [signer] = signedBy;
  assert.match(signer?.keyid ?? '', /\/keys\/evidence-signing\/[0-9a-f]{32}$/);
  const keys = [{ thumbprint: signer?.thumbprint ?? '' }];
  assert.equal((await verifyEvidence(files, { keys })).verdict, 'verified');
  const at = files.findIndex(({ name }) => name === report.manifest.name.replace('manifest.json', 'report.json'));
  const bytes = Buffer.from(files[at]?.bytes ?? '');
  bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1;
  const changed = await verifyEvidence(files.with(at, { name: files[at]?.name ?? '', bytes }), { keys });
  assert.deepEqual(
    changed.faults.map(({ code, file }) => [code, file]),
    [['changed-file', files[at]?.name]],
  );
});

test('the manifest seals every file of the case, and nothing lies beside it but its signature and the key', async () => {
  const { report } = await told();
  const blobs = await blobsOf(stack, 'evidence', `cases/${CASE}/`);
  const manifest = JSON.parse(String(blobs.get(report.manifest.name))) as Manifest;
  const sealed = Object.fromEntries(manifest.files.map(({ name, sha256 }) => [name, sha256]));
  const lying = [...blobs]
    .filter(([name]) => name !== report.manifest.name && !/\/(?:signature\.dsse\.json|keys\/[^/]+)$/.test(name))
    .map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]);
  assert.deepEqual(sealed, Object.fromEntries(lying));
  for (const file of ['report.json', 'report.html', 'report.md', 'plan.json'])
    assert.ok(`cases/${CASE}/${file}` in sealed);
  assert.equal(manifest.outcome, report.outcome);
});

test('everything that was removed can be put back: each act has its before-image, request id and time', async () => {
  const { report } = await told();
  const blobs = await blobsOf(stack, 'evidence', `cases/${CASE}/before/`);
  const acts = report.steps.flatMap(({ actions }) => actions).filter(({ result }) => result !== 'nothing-to-do');
  assert.ok(acts.length > 20);
  for (const { what, beforeImage, requestId, at } of acts) {
    const image = blobs.get(beforeImage?.name ?? '');
    assert.ok(image !== undefined, what);
    assert.equal(createHash('sha256').update(image).digest('hex'), beforeImage?.sha256);
    // The gateway refuses the leaver before the case begins.
    assert.ok(requestId !== undefined && at > report.case.requestedAt, what);
  }
});
