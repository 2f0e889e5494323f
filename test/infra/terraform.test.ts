import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { faultOfTerraform } from '../support/machine/terraform-version.ts';
import { testRuns } from './support/test-runs.ts';
import { describe, validate } from './support/validation.ts';

const root = resolve(import.meta.dirname, '../..');
const modules = globSync('infra/modules/*/', { cwd: root }).sort();
const roots = ['infra', ...globSync('infra/examples/*/', { cwd: root }).sort()].filter(
  (folder) => globSync('*.tf', { cwd: join(root, folder) }).length > 0,
);

test('Terraform is new enough', () => {
  assert.equal(faultOfTerraform(process.env), undefined);
});

for (const folder of [...modules, ...roots]) {
  test(folder, async (t) => {
    const cwd = join(root, folder);
    let valid = false;

    await t.test('is valid, without a warning', async () => {
      assert.notEqual(globSync('*.tf', { cwd }).length, 0, 'there is no Terraform in it');
      const findings = await validate(cwd);
      assert.deepEqual(findings, [], describe(findings));
      valid = true;
    });

    // A folder without tests fails: `terraform test` would call it a success.
    if (!valid) return;
    const runs = await testRuns(cwd);
    await t.test('has tests', () => assert.notEqual(runs.length, 0, 'it has no run in tests/*.tftest.hcl'));
    for (const { name, status, findings } of runs)
      await t.test(name, () => {
        assert.equal(status, 'pass', describe(findings) || 'skipped, because an earlier run of the file failed');
        assert.deepEqual(findings, [], describe(findings));
      });
  });
}
