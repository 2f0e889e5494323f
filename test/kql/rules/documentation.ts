import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { defaultAudit } from '../support/deployed-audit.ts';

const { alerts, saved } = await defaultAudit();
const guide = readFileSync(new URL('../../../docs/detections.md', import.meta.url), 'utf8');
const module = new URL('../../../infra/modules/audit/', import.meta.url);
const variables = globSync('variables*.tf', { cwd: module.pathname })
  .map((file) => readFileSync(new URL(file, module), 'utf8'))
  .join('\n');

const lookBack = (query: string, window: string): string => {
  const hours = /^let lookback = (\d+)h;$/m.exec(query)?.[1];
  return hours === undefined ? (/^P(\d+)D$/.exec(window)?.[1] ?? '').concat(' days') : `${hours} h`;
};

test('docs/detections.md says of each alert rule how severe it is, how often it runs and how far it looks back', () => {
  const documented = [...guide.matchAll(/^\| `([\w-]+)` \| (\d) \| (\d+) min \| ([^|]+) \|/gm)];
  assert.deepEqual(
    documented.map(([, name, severity, minutes, back]) => [name, Number(severity), `PT${minutes}M`, back]),
    [...alerts]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, { severity, frequency, query, window }]) => [name, severity, frequency, lookBack(query, window)]),
  );
});

test('docs/detections.md names inputs that the module has, and searches that the workspace has', () => {
  const inTable = (head: string): string[] =>
    (guide.split(`${head}\n`)[1]?.split('\n\n')[0] ?? '')
      .split('\n')
      .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''));
  const inputs = inTable('| input | for |');
  assert.ok(inputs.length > 5);
  assert.deepEqual(
    inputs.filter((name) => !variables.includes(`variable "${name}" {`)),
    [],
  );
  const searches = inTable('| saved search | says |');
  assert.ok(searches.length > 0);
  assert.deepEqual(
    searches.filter((name) => !saved.has(name)),
    [],
  );
});
