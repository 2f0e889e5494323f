import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadedBy } from '../support/architecture/loaded-by.ts';

const root = join(import.meta.dirname, '../..');
const SDK = /node_modules\/(@azure|@octokit|azure-devops-node-api|@microsoft\/microsoft-graph-client|echarts)\//;

const declarations = [
  'src/steps/registry.ts',
  'src/permissions/table.ts',
  ...globSync('src/report/**/*.ts', { cwd: root }),
];

test('declarations and the report load no SDK of a vendor, and no charts: vendors are handed down', () => {
  const loaded = loadedBy(declarations);
  for (const file of declarations) assert.ok(loaded.includes(file), `${file} was not loaded`);
  assert.deepEqual(
    loaded.filter((file) => SDK.test(file)),
    [],
  );
});

test('what loads an SDK is seen: a vendor’s binding, and the part of the page that draws', () => {
  const loaded = loadedBy(['src/connectors/github/index.ts', 'src/steps/activity-audit/page/audit-section.ts']);
  for (const sdk of ['node_modules/@octokit/', 'node_modules/echarts/'])
    assert.ok(
      loaded.some((file) => file.startsWith(sdk)),
      sdk,
    );
});
