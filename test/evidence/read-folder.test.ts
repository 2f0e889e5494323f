import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readEvidenceFolder } from '../../src/evidence/read-folder.ts';

const root = await mkdtemp(join(tmpdir(), 'evidence-'));
after(() => rm(root, { recursive: true }));

test('a folder is read for what lies in it; a link to elsewhere, or to another file, is no evidence', async () => {
  const [folder, outside] = [join(root, 'case'), join(root, 'outside.json')];
  await mkdir(join(folder, 'steps'), { recursive: true });
  await Promise.all([
    writeFile(outside, '{}'),
    writeFile(join(folder, 'manifest.json'), '{}'),
    writeFile(join(folder, 'steps', 'a.json'), '[]'),
  ]);
  assert.deepEqual(
    (await readEvidenceFolder(folder)).map(({ name }) => name),
    ['manifest.json', 'steps/a.json'],
  );
  for (const target of [outside, join(folder, 'manifest.json'), root]) {
    await symlink(target, join(folder, 'report.json'));
    await assert.rejects(readEvidenceFolder(folder), /report\.json is no plain file/);
    await rm(join(folder, 'report.json'));
  }
});
