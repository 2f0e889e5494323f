import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

const root = path.resolve(import.meta.dirname, '../..');
const SOURCES = ['*.ts', '*.tsx', '*.mjs', '*.tf'];
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', ...SOURCES], {
  cwd: root,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((file) => existsSync(path.join(root, file)));

const MOST_LINES = 220;
/** Data is read by its rows: a list that is cut is only harder to search. */
const DATA: Readonly<Record<string, string>> = {
  'cli/api/schema.d.ts': 'generated from docs/openapi.json',
  'infra/modules/audit/variables-alerts.tf': 'inputs',
  'infra/modules/gateway/variables-access.tf': 'inputs',
  'infra/modules/offboarding/variables-platform.tf': 'inputs',
  'infra/modules/offboarding/variables-sources.tf': 'inputs',
  'infra/modules/offboarding/variables.tf': 'inputs',
  'infra/variables-offboarding.tf': 'inputs',
  'src/connectors/assessor/permissions.ts': 'what the identity that assesses may do, and why',
  'src/credentials/detector/formats/other-vendors.ts': 'what the tokens of other vendors look like',
  'src/errors.ts': 'errors, and what to do next',
  'test/infra/support/accepted-rows.ts': 'values that inputs take and refuse',
  'test/infra/support/policy/resources.ts': 'resources, and the policies that object to them',
  'test/truth/breaks.ts': 'rules, and how each is broken',
};

test(`no file has more than ${MOST_LINES} lines but those that are data`, () => {
  assert.ok(files.length > 500);
  const long = files.filter((file) => readFileSync(path.join(root, file), 'utf8').split('\n').length - 1 > MOST_LINES);
  assert.deepEqual(long.sort(), Object.keys(DATA), 'what is about one subject goes into a file of its own');
});
