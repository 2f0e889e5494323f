import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AcknowledgedLimits, coverageDecisions, ExemptSources } from '../src/coverage-settings.ts';

const until = '2027-06-30';
const about = { reason: 'Looked at by hand.', by: 'Morgan Lee', until };
const faults = (schema: typeof ExemptSources | typeof AcknowledgedLimits, value: unknown): string[] =>
  (schema.safeParse(typeof value === 'string' ? value : JSON.stringify(value)).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

test('unset, nothing is exempt and nothing acknowledged', () => {
  assert.deepEqual([ExemptSources.parse(undefined), AcknowledgedLimits.parse(undefined)], [[], []]);
});

test('sources of the catalogue can be exempt, and a whole vendor', () => {
  const sources = ['github/deploy-keys', 'github/repository-runners', 'azure-devops/*'];
  assert.deepEqual(ExemptSources.parse(JSON.stringify([{ ...about, sources }])), [{ ...about, sources }]);
});

test('every fault of an exemption is named at once, with its place', () => {
  const found = faults(ExemptSources, [
    { ...about, sources: ['github/deploy-keyz', 'mcp/open-streams', 'gitlab/*'] },
    { ...about, sources: [], reason: ' ', until: '30.06.2027' },
    { ...about, sources: ['github/webhooks'], until: '2027-02-30', forever: true },
  ]);
  for (const [place, words] of [
    ['0.sources.0', /no source/],
    ['0.sources.1', /ACKNOWLEDGED_LIMITS/],
    ['0.sources.2', /no source/],
    ['1.sources', /./],
    ['1.reason', /./],
    ['1.until', /2027-06-30/],
    ['2.until', /2027-06-30/],
    ['2', /forever/],
  ] as const) {
    assert.ok(
      found.some((fault) => fault.startsWith(`${place}: `) && words.test(fault)),
      `${place} ${words} among ${found.join('; ')}`,
    );
  }
});

test('what is not JSON, and what is no list, is refused', () => {
  assert.match(faults(ExemptSources, 'github/deploy-keys')[0] ?? '', /not JSON/);
  assert.equal(faults(ExemptSources, { ...about, sources: ['github/webhooks'] }).length, 1);
});

test('only standing limits can be acknowledged', () => {
  const noted = (sources: string[]) => [{ sources, by: 'Morgan Lee', on: '2026-11-02' }];
  assert.deepEqual(faults(AcknowledgedLimits, noted(['mcp/open-streams'])), []);
  assert.match(faults(AcknowledgedLimits, noted(['github/deploy-keys']))[0] ?? '', /EXEMPT_SOURCES/);
  assert.match(faults(AcknowledgedLimits, noted(['azure-devops/*']))[0] ?? '', /no source/);
});

test('a setting that lists no place is told as not configured', () => {
  const settings = {
    EXEMPT_SOURCES: [],
    ACKNOWLEDGED_LIMITS: [],
    SUBSCRIPTION_IDS: ['1'],
    DEVOPS_ORGANISATIONS: [],
    DENY_LIST_NAMED_VALUES: ['denied'],
  };
  assert.deepEqual(coverageDecisions({ ...settings, GITHUB_ORGANISATIONS: ['firm'] }).unconfigured, [
    'DEVOPS_ORGANISATIONS',
  ]);
});

test('what the settings name goes with the decisions, so that a report has a line for each', () => {
  const settings = {
    EXEMPT_SOURCES: [],
    ACKNOWLEDGED_LIMITS: [],
    SUBSCRIPTION_IDS: ['1'],
    DEVOPS_ORGANISATIONS: [],
    DENY_LIST_NAMED_VALUES: ['denied'],
  };
  const { configured } = coverageDecisions({ ...settings, GITHUB_ORGANISATIONS: ['a', 'b'] });
  assert.deepEqual(configured, { ...configured, SUBSCRIPTION_IDS: ['1'], GITHUB_ORGANISATIONS: ['a', 'b'] });
});

test('a vendor whose use no setting tells cannot be exempt as a whole', () => {
  assert.match(faults(ExemptSources, [{ ...about, sources: ['entra/*'] }])[0] ?? '', /no source/);
  assert.deepEqual(
    faults(ExemptSources, [
      {
        ...about,
        sources: ['azure/*', 'github/*', 'azure-devops/*', 'gateway/*', 'log-analytics/*', 'verification/*'],
      },
    ]),
    [],
  );
});
