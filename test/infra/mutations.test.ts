import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { planOf, resourcesIn } from './support/plan-of.ts';
import { IN_REAL_MODULES, MUTATIONS } from './support/planted-mistakes.ts';
import { change, inFolder, lineOf, SMALL_MODULE } from './support/small-module.ts';
import { terraform } from './support/terraform.ts';
import { testRuns } from './support/test-runs.ts';
import { describe, validate } from './support/validation.ts';
import { workingCopy } from './support/working-copy.ts';

test('the small module that is broken below is sound', () =>
  inFolder({ 'main.tf': SMALL_MODULE }, async (folder) => {
    const findings = await validate(folder);
    assert.deepEqual(findings, [], describe(findings));
  }));

for (const { title, from, to, at, says, severity = 'error' } of MUTATIONS)
  test(`${title} is found, with file and line`, () => {
    const broken = change(SMALL_MODULE, from, to);
    return inFolder({ 'main.tf': broken }, async (folder) => {
      const findings = await validate(folder);
      const found = findings.find((finding) => says.test(describe([finding])));
      assert.ok(found, describe(findings));
      assert.equal(found.severity, severity);
      assert.equal(`${found.range?.filename}:${found.range?.start.line}`, `main.tf:${lineOf(broken, at)}`);
    });
  });

for (const { file, title, from, to, at, says, severity = 'error' } of IN_REAL_MODULES)
  test(`in ${file}, ${title} is found, with file and line`, async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'terraform-mutation-'));
    try {
      const folder = workingCopy(join(file, '..'), scratch);
      const broken = change(readFileSync(join(scratch, file), 'utf8'), from, to);
      writeFileSync(join(scratch, file), broken);
      const findings = await validate(folder);
      const found = findings.find((finding) => says.test(describe([finding])));
      assert.ok(found, describe(findings));
      assert.equal(found.severity, severity);
      assert.equal(found.range?.filename, 'main.tf');
      assert.match(broken.split('\n')[found.range.start.line - 1] ?? '', new RegExp(RegExp.escape(at.trim())));
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });

test('a value that is only known to a plan is checked by the plan', () =>
  inFolder({ 'main.tf': withSubject('var.subject') }, async (folder) => {
    assert.deepEqual(await validate(folder), []);
    await assert.rejects(planOf(folder, { variables: { subject: 'repo:example/*:ref:refs/heads/main' } }), /wildcard/);
    await planOf(folder, { variables: { subject: 'repo:example/payments:environment:production' } });
  }));

test('an output that would show a secret must say so', () =>
  inFolder({ 'main.tf': `${SMALL_MODULE}\n${WORKSPACE_KEY}` }, async (folder) => {
    await assert.rejects(planOf(folder), /Output refers to sensitive values/);
  }));

test('a provider without its features block is refused by the plan', () =>
  inFolder({ 'main.tf': change(SMALL_MODULE, '  features {}\n', '') }, async (folder) => {
    await assert.rejects(planOf(folder), /Insufficient features blocks/);
  }));

test('a module without tests has no runs, although Terraform calls that a success', () =>
  inFolder({ 'main.tf': SMALL_MODULE }, async (folder) => {
    await validate(folder);
    assert.equal((await terraform(['test'], { cwd: folder })).code, 0);
    assert.deepEqual(await testRuns(folder), []);
  }));

test('a test that fails, and one that does not parse, are failed runs', () =>
  inFolder(
    { 'main.tf': SMALL_MODULE, 'wrong.tftest.hcl': run('azurerm_container_group.server.os_type == "Windows"') },
    async (folder) => {
      await validate(folder);
      const [wrong] = await testRuns(folder);
      assert.equal(wrong?.status, 'fail');
      assert.match(describe(wrong?.findings ?? []), /^wrong\.tftest\.hcl:\d+: error: Test assertion failed/);
      writeFileSync(join(folder, 'wrong.tftest.hcl'), 'run "half" {');
      const [unparsed] = await testRuns(folder);
      assert.equal(unparsed?.status, 'error');
    },
  ));

test('a module that keeps its state elsewhere is planned without going there', () => {
  const backend = change(SMALL_MODULE, 'terraform {\n', 'terraform {\n  backend "azurerm" {}\n\n');
  return inFolder({ 'main.tf': backend }, async (folder) => {
    assert.deepEqual(await validate(folder), []);
    assert.equal(resourcesIn((await planOf(folder)).planned_values).length, 3);
    assert.deepEqual(readdirSync(folder), ['main.tf']);
  });
});

test('nothing is left in the folder', () =>
  inFolder(
    { 'main.tf': SMALL_MODULE, 'right.tftest.hcl': run('azurerm_container_group.server.os_type == "Linux"') },
    async (folder) => {
      await validate(folder);
      assert.deepEqual(
        (await testRuns(folder)).map(({ status }) => status),
        ['pass'],
      );
      await planOf(folder);
      assert.deepEqual(readdirSync(folder).sort(), ['main.tf', 'right.tftest.hcl']);
    },
  ));

test('without Terraform the check fails, and says what to install', async () => {
  const run = terraform(['version'], { cwd: resolve('.'), environment: { PATH: '/nonexistent' } });
  await assert.rejects(run, /terraform is not on the PATH.*Install Terraform 1\.11 or newer/);
});

const WORKSPACE_KEY = `resource "azurerm_log_analytics_workspace" "audit" {
  name                = "log-mcp-dev"
  location            = "westeurope"
  resource_group_name = "rg-mcp-dev"
}

output "key" {
  value = azurerm_log_analytics_workspace.audit.primary_shared_key
}
`;

function withSubject(expression: string): string {
  const subject = change(SMALL_MODULE, '"repo:example/payments:ref:refs/heads/main"', expression);
  return `${subject}\nvariable "subject" {\n  type = string\n}\n`;
}

function run(condition: string): string {
  return `run "system" {
  command = plan

  assert {
    condition     = ${condition}
    error_message = "Another system."
  }
}
`;
}
