import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { BlobServiceClient } from '@azure/storage-blob';
import { printCaseSummary } from '../../local/telling/print-case-summary.ts';
import { makeProgress } from '../../local/telling/show-progress.ts';
import { PLANTED_KINDS } from '../../local/tenant/seeds/seed-context.ts';
import { makeTokenMint } from '../../local/tenant/seeds/token-mint.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { everythingWritten, storageCredential, type Written } from './support/everything-written.ts';
import { filedReport, startFastStack } from './support/fast-stack.ts';
import { findSecrets } from './support/find-secrets.ts';

const stack = await startFastStack({
  wholeLog: true,
  scale: { repositories: 10, identities: 2, credentialsPerIdentity: 2 },
});
const folder = await mkdtemp(join(tmpdir(), 'reports-'));
after(async () => {
  await stack.stop();
  await rm(folder, { recursive: true, force: true });
});

const note = (where: string, text: string): Written => ({ where, bytes: Buffer.from(text) });
const shown: string[] = [];
const answers: Written[] = [];

/** Asks the API as everybody does, and keeps whatever it answers. */
async function ask(path: string, init: RequestInit = {}): Promise<void> {
  const answer = await stack.api(path, init);
  answers.push(note(`answer to ${path}`, `${JSON.stringify([...answer.headers])} ${await answer.text()}`));
}

test('no token of the tenant is written, logged, answered or shown, whole or in part, in clear or encoded', async () => {
  // Every vendor fails at first, with a page that holds a token: bodies of errors must not travel.
  for (const vendor of ['graph', 'arm', 'github', 'devops', 'logs', 'vault', 'teams']) {
    const body = `<html>${stack.mint.mint('github-classic')} ${stack.mint.mint('jwt')}</html>`;
    const effect = { kind: 'answer', status: 502, headers: { 'content-type': 'text/html' }, body } as const;
    stack.tenant.faults.add({ vendor, times: 1, effect, ...(vendor === 'graph' ? { method: 'GET' } : {}) });
  }
  const write = (text: string): number => shown.push(text);
  const screen = { isTTY: false, write, moveCursor: () => true, clearLine: () => true };
  const report = await printCaseSummary(stack, { say: write, progress: makeProgress(screen, true), folder });
  const findings = report.steps.flatMap((step) => step.findings);
  const found = findings.filter(({ kind }) => kind.startsWith('token-in-')).length;
  const unowned = findings
    .filter(({ kind }) => kind === 'unowned-tokens')
    .map(({ evidence }) => Number(evidence.tokens));
  assert.ok(unowned.length > 0 && unowned.reduce((sum, tokens) => sum + tokens, found) > 10, 'the tokens were met');

  const { caseId } = report.case;
  for (const document of ['', '/report', '/report.json', '/report.html', '/report.md'])
    await ask(`/api/cases/${caseId}${document}`);
  for (const path of ['/api/cases', '/api/health', `/api/cases/${WORLD.leaver.oid}-9`, '/api/cases?limit=x'])
    await ask(path);
  // What stands in a request may be a token too, by mistake.
  const pasted = stack.mint.mint('azure-devops');
  const { oid } = WORLD.colleagues[1];
  for (const body of [
    { oid: pasted, reason: 'x', [pasted]: pasted },
    { oid, reason: `His token was ${pasted}`, mode: 'plan' },
  ]) {
    await ask('/api/cases', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
  await filedReport(stack, `${oid}-1`);
  await ask(`/api/cases/${oid}-1/report`);

  const written = [...(await everythingWritten(stack)), ...answers, note('console', shown.join('\n'))];
  for (const kind of ['history', 'blob', 'table', 'log', 'answer', 'console']) {
    assert.ok(
      written.some(({ where, bytes }) => where.startsWith(kind) && bytes.length > 0),
      kind,
    );
  }
  assert.ok(stack.mint.all().length > 25, `${stack.mint.all().length} tokens`);
  assert.deepEqual(findSecrets(stack.mint.all(), written), []);
});

test('the search finds a token of every kind in whatever form, and a cut one', () => {
  const mint = makeTokenMint();
  const forms: Readonly<Record<string, (token: string) => string>> = {
    clear: (token) => `{"a":"${token}"}`,
    cut: (token) => token.slice(-40, -24),
    base64: (token) => Buffer.from(`x${token}`).toString('base64'),
    base64url: (token) => Buffer.from(`{"t":"${token}"}`).toString('base64url'),
    hex: (token) => Buffer.from(token).toString('hex'),
    'URL-encoded': (token) => `?t=${encodeURIComponent(token)}`,
    'twice as JSON': (token) => JSON.stringify(JSON.stringify({ token })),
    'UTF-16': (token) => Buffer.from(token, 'utf16le').toString('latin1'),
  };
  for (const kind of PLANTED_KINDS) {
    const token = mint.mint(kind);
    for (const [form, encode] of Object.entries(forms)) {
      if (form === 'cut' && kind === 'azure-devops') continue;
      const hidden: Written = { where: form, bytes: Buffer.from(`before ${encode(token)} after`, 'latin1') };
      assert.deepEqual(
        new Set(findSecrets([token], [hidden]).map(({ where }) => where)),
        new Set([form]),
        `${kind} ${form}`,
      );
    }
    assert.deepEqual(findSecrets([token], [note('last eight', token.slice(-8)), note('another', mint.mint(kind))]), []);
  }
});

test('the search reaches the blobs', async () => {
  const planted = makeTokenMint().mint('github-classic');
  const work = new BlobServiceClient(stack.storage.blob, storageCredential(stack)).getContainerClient('work');
  await work.getBlockBlobClient('planted').upload(planted, planted.length);
  assert.deepEqual(
    findSecrets([planted], await everythingWritten(stack)).map(({ where }) => where),
    ['blob work/planted'],
  );
});
