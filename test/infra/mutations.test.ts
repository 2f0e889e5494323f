import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { planOf, resourcesIn } from './support/plan-of.ts';
import { change, inFolder, lineOf, SMALL_MODULE } from './support/small-module.ts';
import { terraform } from './support/terraform.ts';
import { testRuns } from './support/test-runs.ts';
import { describe, type Finding, validate } from './support/validation.ts';
import { workingCopy } from './support/working-copy.ts';

interface Mutation {
  readonly title: string;
  readonly from: string | RegExp;
  readonly to: string;
  /** What stands on the line that must be named. */
  readonly at: string;
  readonly says: RegExp;
  readonly severity?: Finding['severity'];
}

const MUTATIONS: readonly Mutation[] = [
  {
    title: 'an unknown argument',
    from: '  os_type             = "Linux"\n',
    to: '  os_type             = "Linux"\n  colour              = "blue"\n',
    at: 'colour',
    says: /An argument named "colour" is not expected here/,
  },
  {
    title: 'a missing argument',
    from: '  os_type             = "Linux"\n',
    to: '',
    at: 'resource "azurerm_container_group"',
    says: /The argument "os_type" is required/,
  },
  {
    title: 'a missing block',
    from: /\n {2}container \{[^}]*\}\n/,
    to: '\n',
    at: 'resource "azurerm_container_group"',
    says: /At least 1 "container" blocks are required/,
  },
  {
    title: 'a misspelt block',
    from: '  identity {',
    to: '  identities {',
    at: 'identities {',
    says: /Blocks of type "identities" are not expected here/,
  },
  {
    title: 'a value of the wrong type',
    from: 'cpu    = 0.5',
    to: 'cpu    = "half"',
    at: 'cpu    = "half"',
    says: /a number is required/,
  },
  {
    title: 'a reference to an attribute that does not exist',
    from: '= azurerm_user_assigned_identity.server.id',
    to: '= azurerm_user_assigned_identity.server.identity',
    at: 'azurerm_user_assigned_identity.server.identity',
    says: /no argument, nested block, or exported attribute named "identity"/,
  },
  {
    title: 'a reference to a resource that does not exist',
    from: '= azurerm_user_assigned_identity.server.id',
    to: '= azurerm_user_assigned_identity.runner.id',
    at: 'azurerm_user_assigned_identity.runner.id',
    says: /has not been declared in the root module/,
  },
  {
    title: 'a resource type that the committed schemas lack',
    from: 'resource "azurerm_container_group" "server"',
    to: 'resource "azurerm_kubernetes_cluster" "server"',
    at: 'resource "azurerm_kubernetes_cluster"',
    says: /does not support resource type.*npm run refresh:terraform-schemas/s,
  },
  {
    title: 'a deprecated argument',
    from: '  issuer  ',
    to: '  resource_group_name       = "rg-mcp-dev"\n  issuer  ',
    at: 'resource_group_name       =',
    says: /Argument is deprecated/,
    severity: 'warning',
  },
  {
    title: 'a value that Azure does not know',
    from: 'restart_policy      = "Always"',
    to: 'restart_policy      = "Sometimes"',
    at: 'Sometimes',
    says: /expected one of Always, Never, OnFailure, got Sometimes/,
  },
  {
    title: 'a federated subject with a wildcard',
    from: 'refs/heads/main',
    to: 'refs/heads/*',
    at: 'refs/heads/*',
    says: /without a wildcard/,
  },
  {
    title: 'an identity type without its identities',
    from: '    identity_ids = [azurerm_user_assigned_identity.server.id]\n',
    to: '',
    at: 'type         = "UserAssigned"',
    says: /UserAssigned needs identity_ids/,
  },
];

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

const IN_REAL_MODULES: readonly (Mutation & { readonly file: string })[] = [
  {
    file: 'infra/modules/mcp-server/main.tf',
    title: 'an unknown argument',
    from: /(resource "azurerm_container_group" "\w+" \{\n)/,
    to: 'resource "azurerm_container_group" "this" {\n  colour = "blue"\n',
    at: 'colour',
    says: /not expected here/,
  },
  {
    file: 'infra/modules/mcp-server/main.tf',
    title: 'a missing block',
    from: /\n {2}container \{.*?\n {2}\}\n/s,
    to: '\n',
    at: 'resource "azurerm_container_group"',
    says: /At least 1 "container" blocks are required/,
  },
  {
    file: 'infra/modules/mcp-server/main.tf',
    title: 'a value of the wrong type',
    from: /cpu( +)= var\.cpu/,
    to: 'cpu = ["half"]',
    at: '["half"]',
    says: /number required/,
  },
  {
    file: 'infra/modules/mcp-server/main.tf',
    title: 'a bad reference',
    from: /= azurerm_user_assigned_identity\.(\w+)\.principal_id/,
    to: '= azurerm_user_assigned_identity.nobody.principal_id',
    at: 'nobody.principal_id',
    says: /has not been declared/,
  },
  {
    file: 'infra/modules/mcp-server/main.tf',
    title: 'an unknown resource type',
    from: /resource "azurerm_container_group" "\w+"/,
    to: 'resource "azurerm_kubernetes_cluster" "this"',
    at: 'resource "azurerm_kubernetes_cluster"',
    says: /does not support resource type/,
  },
  {
    file: 'infra/modules/mcp-server/main.tf',
    title: 'a value that Azure does not know',
    from: /restart_policy( +)= "Always"/,
    to: 'restart_policy = "Sometimes"',
    at: '"Sometimes"',
    says: /expected one of Always, Never, OnFailure/,
  },
  {
    file: 'infra/modules/mcp-server/main.tf',
    title: 'two arguments of which one is allowed',
    from: /(\n +role_definition_name +=)/,
    to: '\n  role_definition_id = "/subscriptions/1"\n  role_definition_name =',
    at: 'role_definition_name =',
    says: /Expected exactly one of role_definition_id, role_definition_name/,
  },
  {
    file: 'infra/modules/pipeline-identity/main.tf',
    title: 'a deprecated argument',
    from: /(\n +)issuer /,
    to: '\n  resource_group_name = var.resource_group_name\n  issuer ',
    at: 'resource_group_name = var.resource_group_name',
    says: /Argument is deprecated/,
    severity: 'warning',
  },
];

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
