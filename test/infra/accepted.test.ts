import assert from 'node:assert/strict';
import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { emptyWebhook } from '../../local/tenant/webhook/vendor.ts';
import { loadConfig, Settings } from '../../src/config.ts';
import { GUID, INFRA, type Row, rows, type Setting, type Value } from './support/accepted-rows.ts';
import { inFolder } from './support/small-module.ts';
import { terraform } from './support/terraform.ts';
import { testRuns } from './support/test-runs.ts';

const MODULE = join(INFRA, 'modules/offboarding');
const read = (name: string): string => readFileSync(join(MODULE, name), 'utf8');

/** Settings that Terraform makes from what it builds: no value of a user's gets into them unchecked. */
const MADE: Readonly<Partial<Record<Setting, string>>> = {
  API_AUDIENCE: 'client id of an application that is made here',
  SIGN_IN_CLIENT_ID: 'client id of an application that is made here',
  READER_CLIENT_ID: 'client id of an identity that is made here',
  REMOVER_CLIENT_ID: 'client id of an identity that is made here',
  INGESTOR_CLIENT_ID: 'client id of an identity that is made here',
  ASSESSOR_CLIENT_ID: 'client id of an identity that is made here',
  CANARY_CLIENT_ID: 'client id of an identity that is made here',
  CANARY_URL: 'from the gateway’s host name, which has a pattern of its own',
  CANARY_RULE_ID: 'resource id of a rule that is made here',
  BLOB_ENDPOINT: 'from the account’s name, which Azure limits more than an address',
  TABLE_ENDPOINT: 'from the account’s name, which Azure limits more than an address',
  EVIDENCE_KEY_ID: 'from the vault’s name, which is letters, digits and hyphens',
  GITHUB_APP_KEY_ID: 'from the vault’s and the key’s names, which are letters, digits and hyphens',
  ASSESSOR_GITHUB_APP_KEY_ID: 'from the vault’s and the key’s names, which are letters, digits and hyphens',
  ENTRA_NOTIFICATION_URL: 'from ids and names that each have a pattern of their own',
  TERRAFORM_MANAGED: 'the app takes any text',
  WORKSTATION_HUNTING: 'from a switch',
  GATEWAY_AUDIENCES: 'the app takes any text',
  TEAMS_WEBHOOK_URL: 'the value stands in the vault, where no plan sees it',
  WEBHOOK_SECRET: 'the value stands in the vault, where no plan sees it',
};

function written(value: Value): string {
  if (Array.isArray(value))
    return value.some((each) => typeof each === 'object') ? JSON.stringify(value) : value.join(',');
  return typeof value === 'object' && value !== null ? Object.values(value).join(',') : String(value);
}

/** Settings with which the app starts. */
const complete = {
  ...Object.fromEntries(rows.map((row) => [row.setting, textOf(row, row.good[0] ?? '')])),
  ...Object.fromEntries(
    ['API_AUDIENCE', 'READER_CLIENT_ID', 'REMOVER_CLIENT_ID', 'INGESTOR_CLIENT_ID', 'ASSESSOR_CLIENT_ID'].map(
      (name) => [name, GUID],
    ),
  ),
  WEBHOOK_SECRET: emptyWebhook().secret,
  ...Object.fromEntries(
    ['BLOB_ENDPOINT', 'TABLE_ENDPOINT', 'GITHUB_APP_KEY_ID'].map((name) => [name, 'https://a.example']),
  ),
  ASSESSOR_GITHUB_APP_KEY_ID: 'https://a.example/assessor',
};

function textOf({ text = written }: Row, value: Value): string {
  return text(value);
}

function appRefuses(row: Row, value: Value): boolean {
  try {
    loadConfig({ ...complete, [row.setting]: textOf(row, value) });
    return false;
  } catch {
    return true;
  }
}

/** The inputs of a folder, by name. */
const inputsOf = (folder: string): ReadonlyMap<string, string> =>
  new Map(
    globSync('variables*.tf', { cwd: folder })
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').match(/^variable "[\s\S]*?^}\n/gm) ?? [])
      .map((block) => [/^variable "(\w+)"/.exec(block)?.[1] ?? '', block] as const),
  );

/** An input, alone but for those that its rules mention: a plan of all of them takes ten times as long. */
function moduleOf({ input, of: folder = MODULE }: Row): Readonly<Record<string, string>> {
  const inputs = inputsOf(folder);
  const blockOf = (name: string): string => {
    const block = inputs.get(name);
    assert.ok(block !== undefined, `${folder} has no input ${name}`);
    return block;
  };
  const names = new Set([input]);
  for (const name of names) for (const [, other = ''] of blockOf(name).matchAll(/\bvar\.(\w+)/g)) names.add(other);
  const text = [...names].map(blockOf).join('\n');
  return {
    'variables.tf': text,
    ...(text.includes('local.accepted')
      ? { 'accepted.tf': read('accepted.tf'), 'accepted.json': read('accepted.json') }
      : {}),
  };
}

/** Terraform's verdict on each value, by name of the run: planned without a provider. */
async function terraformVerdicts(): Promise<ReadonlyMap<string, string>> {
  const run = Object.fromEntries(
    rows.flatMap(({ input, good, bad }, at) =>
      [...good, ...bad].map((value, index) => [
        `r${at}_${index}`,
        {
          command: 'plan',
          module: { source: `./r${at}` },
          variables: { [input]: value },
          ...(index < good.length ? {} : { expect_failures: [`var.${input}`] }),
        },
      ]),
    ),
  );
  return inFolder({ 'main.tf': '' }, async (folder) => {
    for (const [at, row] of rows.entries()) {
      mkdirSync(join(folder, `r${at}`));
      for (const [name, text] of Object.entries(moduleOf(row))) writeFileSync(join(folder, `r${at}`, name), text);
    }
    mkdirSync(join(folder, 'tests'));
    // What a rule compares with must have a value; those that are null or empty by default have one.
    const variables = { deny_list_named_values: ['mcp-denied-oids'], github_app_id: '123456' };
    writeFileSync(join(folder, 'tests/values.tftest.json'), JSON.stringify({ variables, run }));
    const init = await terraform(['init', '-backend=false', '-no-color'], { cwd: folder });
    assert.equal(init.code, 0, init.output);
    return new Map(
      (await testRuns(folder)).map(({ name, status, findings }) => [
        name.split(': ').at(-1)?.replaceAll(' ', '_') ?? name,
        status === 'pass' ? 'as expected' : findings.map(({ summary, detail }) => `${summary}: ${detail}`).join('; '),
      ]),
    );
  });
}

describe('a plan refuses what the app would refuse when it starts', () => {
  let verdicts: ReadonlyMap<string, string>;
  before(async () => {
    verdicts = await terraformVerdicts();
  });

  for (const [at, row] of rows.entries()) {
    test(`${row.input} as ${row.setting}`, () => {
      for (const [index, value] of [...row.good, ...row.bad].entries()) {
        const said = JSON.stringify(value);
        assert.equal(verdicts.get(`r${at}_${index}`), 'as expected', `Terraform, of ${said}`);
        if (index < row.good.length) assert.equal(appRefuses(row, value), false, `the app refuses ${said}`);
      }
      assert.notEqual(
        row.bad.filter((value) => appRefuses(row, value)).length,
        0,
        'no bad value here is one to the app',
      );
    });
  }

  test('every setting that Terraform hands on is in the table, or made by Terraform', () => {
    const assigned = [...read('settings.tf').matchAll(/^ +([A-Z][A-Z_]+) += /gm)].map(([, name]) => name ?? '');
    const offered = [...read('variables.tf').matchAll(/"([A-Z][A-Z_]+)"/g)].map(([, name]) => name ?? '');
    const handed = [...new Set([...assigned, ...offered])].filter((name) => name in Settings.shape);
    assert.ok(handed.length >= 40, `${handed.length} settings`);
    const judged = new Set<string>([...rows.map(({ setting }) => setting), ...Object.keys(MADE)]);
    assert.deepEqual(
      handed.filter((name) => !judged.has(name)),
      [],
    );
  });
});
