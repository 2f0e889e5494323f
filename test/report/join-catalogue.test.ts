import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Coverage, isGap } from '../../src/cases/coverage/coverage.ts';
import type { CoverageDecisions } from '../../src/cases/coverage/coverage-decisions.ts';
import { joinCatalogue } from '../../src/report/build/join-catalogue.ts';
import { CATALOGUE } from '../../src/steps/catalogue.ts';
import { defineSource } from '../../src/steps/define-source.ts';

const AT = '2026-11-23T09:40:31.000Z';
const runners = defineSource({
  id: 'github/organisation-runners',
  holds: 'machines',
  examined: 'always',
  scope: 'GITHUB_ORGANISATIONS',
  permissions: [],
});
const decisions: CoverageDecisions = {
  exemptions: [],
  acknowledged: [],
  unconfigured: [],
  configured: { GITHUB_ORGANISATIONS: ['firm-one', 'Firm-Two', 'firm-three'] },
};
const line = (source: string): Coverage => ({ source, state: 'complete', looked: { count: 1, unit: 'runners' } });
const statesOf = (lines: readonly Coverage[], about = decisions): string[] =>
  joinCatalogue(lines, [runners], about, AT).map(({ source, state }) => `${source} ${state}`);

test('a place that the settings name and nothing was filed about has a line of its own, and it is a gap', () => {
  const filed = [line('github/organisation-runners:firm-one'), line('github/organisation-runners:firm-two')];
  assert.deepEqual(statesOf(filed), [
    'github/organisation-runners:firm-one complete',
    'github/organisation-runners:firm-three unavailable',
    'github/organisation-runners:firm-two complete',
  ]);
});

test('a line without a place speaks for all places', () => {
  assert.deepEqual(statesOf([line('github/organisation-runners')]), ['github/organisation-runners complete']);
});

test('where an earlier version filed the decisions, its lines stand as they are', () => {
  const { configured: _, ...earlier } = decisions;
  assert.deepEqual(statesOf([line('github/organisation-runners:firm-one')], earlier), [
    'github/organisation-runners:firm-one complete',
  ]);
});

for (const scope of ['DEVOPS_ORGANISATIONS', 'GITHUB_ORGANISATIONS'] as const) {
  const sources = Object.values(CATALOGUE)
    .flat()
    .filter((source) => source.scope === scope && source.examined === 'always');
  const none = { ...decisions, unconfigured: [scope], configured: {} };
  for (const { id } of sources) {
    test(`where ${scope} names nothing, ${id} is not examined, says why and keeps the case from being clear`, () => {
      const about = joinCatalogue([], sources, none, AT).filter(({ source }) => source === id);
      assert.deepEqual(
        about.map(({ state, why, detail, looked }) => [state, why, detail, looked.count]),
        [['not-examined', 'not-configured', `${scope} names nothing.`, 0]],
      );
      assert.ok(about.every(isGap));
      const exemption = { sources: [id], reason: 'not used', by: 'platform', until: '2027-06-30' };
      const exempt = joinCatalogue([], sources, { ...none, exemptions: [exemption] }, AT);
      assert.deepEqual(exempt.filter(isGap).length, new Set(sources.map((each) => each.id)).size - 1);
    });
  }
}
