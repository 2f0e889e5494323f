import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { fileReport } from '../../../activities/case/report/file-report.ts';
import type { FileReportInput } from '../../../activities/case/report/filed-report.ts';
import { makeVault, rotateEvidenceKey, seedVault } from '../../../local/tenant/vault/vendor.ts';
import { revisionFolderOf } from '../../../src/cases/folders.ts';
import { attemptOf } from '../../../src/cases/following/attempts.ts';
import type { CaseId } from '../../../src/cases/ids.ts';
import { getText } from '../../../src/connectors/storage/evidence/evidence.ts';
import { listNames } from '../../../src/connectors/storage/evidence/list-evidence.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { checkSigning } from '../../../src/doctor/asking/ask-evidence-key.ts';
import type { DutyContext } from '../../../src/duties/duty.ts';
import { signEvidence } from '../../../src/duties/evidence/sign-evidence.ts';
import { signRevision } from '../../../src/duties/evidence/sign-revision.ts';
import type { PinnedKey, Verification } from '../../../src/evidence/verification.ts';
import { verifyEvidence } from '../../../src/evidence/verify-evidence.ts';
import { runCase } from '../../activities/case/run-case.ts';
import { startApp } from '../../support/apps/start-app.ts';
import { seedContext } from '../../support/seed-context.ts';

const vault = seedVault(seedContext());
const app = await startApp({ vendors: (core) => [makeVault(core, vault)], storage: 'memory' });
after(() => app.stop());
const { vendors } = app.context;
const KEY = vault.keys.all().find(({ name }) => name === 'evidence-signing') ?? assert.fail('no key');
let n = 0;

beforeEach(() => {
  KEY.enabled = true;
  app.context.lines.length = 0;
});

/** The public keys as an auditor has them from the vault. */
const pinned = (): PinnedKey[] =>
  vault.keys
    .all()
    .filter(({ name }) => name === KEY.name)
    .map(({ publicKey }) => ({ jwk: publicKey.export({ format: 'jwk' }) }));

const aCase = (): Promise<FileReportInput> => {
  n += 1;
  return runCase(app.config, n);
};

async function verified(caseId: CaseId): Promise<Verification> {
  const names = await listNames(app.config, 'evidence', `cases/${caseId}/`, 1_000);
  const files = await Promise.all(
    names.map(async (name) => ({ name, bytes: Buffer.from((await getText(app.config, 'evidence', name)) ?? '') })),
  );
  return verifyEvidence(files, { keys: pinned() });
}

/** One round of the duty, some time from now. */
const round = (minutes = 0): Promise<number> =>
  signEvidence.run({
    ...app.context,
    client: {} as DutyContext['client'],
    now: () => new Date(Date.now() + minutes * 60_000),
  });

/** The same case, read again: what it filed is an earlier revision. */
async function readAgain(input: FileReportInput, report: string): Promise<FileReportInput> {
  const { row } = input;
  const revisions = [
    ...(row.revisions ?? []),
    { attempt: attemptOf(row), filedAt: input.generatedAt, outcome: 'attention', report },
  ];
  return {
    ...input,
    row: { ...row, revisions },
    generatedAt: new Date(Date.parse(input.generatedAt) + 60_000).toISOString(),
  };
}

test('a report is signed when it is filed, and whoever has the public key verifies it offline', async () => {
  const input = await aCase();
  const filed = await fileReport.handler(input, app.context);
  const { verdict, faults, revisions } = await verified(input.caseId);
  assert.deepEqual([verdict, faults], ['verified', []]);
  assert.equal(revisions[0]?.sha256, filed.manifest.sha256);
  assert.equal(revisions[0]?.keyid, `${app.tenant.origin('vault')}/keys/${KEY.name}/${KEY.version}`);
  assert.deepEqual(await vendors.storage.listUnsigned(), []);
});

test('filing it again changes no byte, the signature included, which is another each time', async () => {
  const input = await aCase();
  await fileReport.handler(input, app.context);
  const name = `cases/${input.caseId}/signature.dsse.json`;
  const first = await getText(app.config, 'evidence', name);
  await fileReport.handler(input, app.context);
  assert.equal(await getText(app.config, 'evidence', name), first);
});

test('two that sign at once leave one signature, and it is good', async () => {
  KEY.enabled = false;
  const input = await aCase();
  await fileReport.handler(input, app.context);
  KEY.enabled = true;
  const about = { caseId: input.caseId, revision: 1 };
  const signed = await Promise.all([1, 2, 3].map(() => signRevision(vendors, about)));
  assert.deepEqual(
    signed.map(({ kind }) => kind),
    ['signed', 'signed', 'signed'],
  );
  assert.equal((await verified(input.caseId)).verdict, 'verified');
});

test('while the vault refuses, reports are filed and told to wait; each revision is signed when it is back', async () => {
  KEY.enabled = false;
  const first = await aCase();
  const filed = await fileReport.handler(first, app.context);
  const second = await readAgain(first, filed.report.name);
  await fileReport.handler(second, app.context);
  const waiting = await verified(first.caseId);
  assert.deepEqual(
    waiting.faults.map(({ code }) => code),
    ['missing-signature', 'missing-signature'],
  );
  assert.equal(await round(), 0);
  const waits = await vendors.storage.listUnsigned();
  assert.deepEqual(
    waits.map(({ caseId, revision }) => [caseId, revision]),
    [1, 2].map((each) => [first.caseId, each]),
  );
  KEY.enabled = true;
  assert.equal(await round(), 2);
  const { verdict, revisions } = await verified(first.caseId);
  assert.equal(verdict, 'verified');
  assert.deepEqual(
    revisions.map(({ signature }) => signature),
    ['valid', 'valid'],
  );
  assert.deepEqual(await vendors.storage.listUnsigned(), []);
});

test('after an hour without a signature it is an error, and the doctor says so', async () => {
  app.remover.vault.delete(KEY.name);
  try {
    const input = await aCase();
    await fileReport.handler(input, app.context);
    // Since the case’s own clock, which the sample stopped long ago.
    assert.equal(await round(), 0);
    const told = app.context.lines.find((line) => line.includes('evidence-unsigned')) ?? assert.fail('not told');
    assert.match(told, /Key Vault Crypto User/);
    const [check] = await checkSigning(vendors, app.config, new Date());
    assert.equal(check?.state, 'fails');
    assert.match(check?.detail ?? '', new RegExp(input.caseId));
  } finally {
    app.remover.vault.add(KEY.name);
  }
  assert.equal(await round(), 1);
  assert.equal((await checkSigning(vendors, app.config, new Date()))[0]?.state, 'passes');
});

test('one that cannot be signed keeps no other from it', async () => {
  KEY.enabled = false;
  const [altered, whole] = [await aCase(), await aCase()];
  const name = `cases/${altered.caseId}/manifest.json`;
  await vendors.storage.putSigned(name, '{}');
  await vendors.storage.enterUnsigned({ caseId: altered.caseId, revision: 1, since: '2026-01-01T00:00:00.000Z' });
  await fileReport.handler(whole, app.context);
  KEY.enabled = true;
  assert.equal(await round(), 1);
  assert.equal((await verified(whole.caseId)).verdict, 'verified');
  assert.ok(app.context.lines.some((line) => line.includes(altered.caseId) && line.includes('evidence-unsigned')));
  await vendors.storage.removeUnsigned({ caseId: altered.caseId, revision: 1 });
});

test('an entry of which nothing was filed is forgotten once its case has no end to come', async () => {
  const input = await aCase();
  await vendors.storage.enterUnsigned({ caseId: input.caseId, revision: 1, since: new Date().toISOString() });
  await round();
  assert.equal((await vendors.storage.listUnsigned()).length, 1);
  await round(120);
  assert.equal((await vendors.storage.listUnsigned()).length, 0);
});

test('a key that was rotated signs from then on, and what the old one signed stays good', async () => {
  const first = await aCase();
  const filed = await fileReport.handler(first, app.context);
  const next = rotateEvidenceKey(vault);
  await fileReport.handler(await readAgain(first, filed.report.name), app.context);
  const { verdict, revisions } = await verified(first.caseId);
  assert.equal(verdict, 'verified');
  assert.deepEqual(
    revisions.map(({ keyid }) => keyid?.split('/').at(-1)),
    [KEY.version, next.version],
  );
  vault.keys.delete(`${next.name}/${next.version}`);
});

test('without a key nothing is signed and nothing is claimed, and a key that comes later changes no manifest', async () => {
  const settings = { ...app.config, EVIDENCE_KEY_ID: undefined };
  const input = await aCase();
  const filed = await fileReport.handler(input, { ...app.context, settings, vendors: openVendors(settings) });
  assert.equal((await verified(input.caseId)).verdict, 'unsigned');
  assert.deepEqual(await vendors.storage.listUnsigned(), []);
  const again = await fileReport.handler(input, app.context);
  assert.deepEqual(again.manifest, filed.manifest);
  assert.equal(
    await getText(app.config, 'evidence', `${revisionFolderOf(input.caseId, 1)}/signature.dsse.json`),
    undefined,
  );
  const [check] = await checkSigning(vendors, settings, new Date());
  assert.equal(check?.state, 'could-not-check');
});
