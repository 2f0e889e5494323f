import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CoverageDecisions } from '../../src/cases/coverage/coverage-decisions.ts';
import { CATALOGUE } from '../../src/steps/catalogue.ts';
import { SCOPES, type SourceDefinition } from '../../src/steps/define-source.ts';
import { REMEDIES, STEPS } from '../../src/steps/registry.ts';
import { decided, silentLine, unreadLine } from '../../src/steps/unread-line.ts';

const AT = '2026-11-23T09:40:31.000Z';
const NOBODY_DECIDED: CoverageDecisions = { exemptions: [], acknowledged: [], unconfigured: [] };
const sources = new Map(
  Object.values(CATALOGUE)
    .flat()
    .map((source) => [source.id, source]),
);
const source = (id: string): SourceDefinition => sources.get(id) ?? assert.fail(id);
const line = (id: string, decisions: Partial<CoverageDecisions> = {}, at = AT) =>
  unreadLine(source(id), { ...NOBODY_DECIDED, ...decisions }, at);
const decision = { reason: 'Owners look by hand.', by: 'Morgan Lee', until: '2026-11-23' };

test('the registry’s steps have the sources of the catalogue', () => {
  assert.deepEqual(Object.fromEntries(STEPS.map(({ name, sources: own }) => [name, own])), CATALOGUE);
});

test('each source says what may live there, and what nobody reads says why and what to do in sentences', () => {
  for (const { id, holds, examined } of sources.values()) {
    assert.match(id, /^[a-z]+(-[a-z]+)*\/[a-z]+(-[a-z]+)*$/);
    assert.match(holds, /^[^.]+$/, id);
    if (typeof examined === 'object' && 'not' in examined) assert.match(examined.why, /^[A-Z].+\.$/, id);
  }
});

test('where a remedy is read back is a source of verification', () => {
  for (const { system } of REMEDIES) assert.ok(sources.has(`verification/${system}`), system);
});

test('what the app reads and is silent about is a fault, never nothing found', () => {
  assert.equal(line('github/repository-runners')?.state, 'unavailable');
});

test('what is read in certain cases only may be silent', () => {
  assert.equal(line('entra/group-app-roles'), undefined);
});

for (const scope of SCOPES) {
  test(`without ${scope}, all that is asked there is not examined because it is not configured`, () => {
    const asked = [...sources.values()].filter((each) => each.scope === scope && !isLimit(each));
    assert.ok(asked.length > 0);
    for (const { id, examined } of asked) {
      const found = line(id, { unconfigured: [scope] });
      if (typeof examined === 'object' && 'when' in examined) assert.equal(found, undefined);
      else assert.deepEqual([found?.state, found?.why, found?.detail], EXPECTED(scope), id);
    }
  });
}

const EXPECTED = (scope: string) => ['not-examined', 'not-configured', `${scope} names nothing.`];
const isLimit = ({ examined }: SourceDefinition): boolean =>
  typeof examined === 'object' && 'not' in examined && examined.not === 'no-interface';

test('what rests on a source that is not configured is not configured either', () => {
  const found = line('entra/application-credentials', { unconfigured: ['GITHUB_ORGANISATIONS'] });
  assert.equal(found?.why, 'not-configured');
});

/** What an installation without Azure DevOps does not read. */
const DEVOPS = 'azure-devops/tokens';
const unconfigured = ['DEVOPS_ORGANISATIONS'];

test('an exemption holds to the end of its last day and then counts as none', () => {
  const exemptions = [{ ...decision, sources: [DEVOPS] }];
  const held = line(DEVOPS, { exemptions, unconfigured }, '2026-11-23T23:59:59.000Z');
  assert.deepEqual([held?.state, held?.exemption], ['exempt', decision]);
  const over = line(DEVOPS, { exemptions, unconfigured }, '2026-11-24T00:00:00.000Z');
  assert.equal(over?.state, 'not-examined');
  assert.match(
    over?.detail ?? '',
    /^Its exemption by Morgan Lee ended on 2026-11-23\. DEVOPS_ORGANISATIONS names nothing/,
  );
});

test('of two exemptions the one that lasts longer counts', () => {
  const exemptions = ['2026-11-30', '2026-11-01'].map((until) => ({ ...decision, until, sources: [DEVOPS] }));
  for (const each of [exemptions, exemptions.toReversed()])
    assert.equal(line(DEVOPS, { exemptions: each, unconfigured })?.exemption?.until, '2026-11-30');
});

test('a whole vendor is exempt only of what is not configured of it', () => {
  const exemptions = [{ ...decision, sources: ['github/*'] }];
  const unconfigured = ['GITHUB_ORGANISATIONS'];
  assert.equal(line('github/workflow-files', { exemptions, unconfigured })?.state, 'exempt');
  assert.equal(line('github/deploy-keys', { exemptions, unconfigured })?.state, 'exempt');
  assert.notEqual(line('github/deploy-keys', { exemptions })?.state, 'exempt');
});

test('a vendor of which the firm has nothing is exempt as well where its source is no list of places', () => {
  const exemptions = [{ ...decision, sources: ['log-analytics/*'] }];
  const of = (unconfigured: readonly string[]) => line('log-analytics/calls', { exemptions, unconfigured })?.state;
  assert.equal(of(['DENY_LIST_NAMED_VALUES']), 'exempt');
  assert.equal(of([]), 'unavailable');
});

/** A source as it would be told if it said nothing without an account on GitHub. */
const resting = (id: string, decisions: Partial<CoverageDecisions>) =>
  unreadLine({ ...source(id), restsOn: [source('identity/github')] }, { ...NOBODY_DECIDED, ...decisions }, AT);

test('a whole vendor is not exempt of what only another one’s absence keeps unread', () => {
  const unconfigured = ['GITHUB_ORGANISATIONS'];
  for (const [id, vendor] of [
    ['azure/federated-credentials', 'azure/*'],
    ['azure/managed-identities', 'azure/*'],
    ['entra/application-credentials', 'entra/*'],
  ] as const) {
    const exemptions = [{ ...decision, sources: [vendor] }];
    assert.equal(resting(id, { exemptions, unconfigured })?.state, 'not-examined', id);
    assert.equal(resting(id, { exemptions: [{ ...decision, sources: [id] }], unconfigured })?.state, 'exempt', id);
  }
  const exemptions = [{ ...decision, sources: ['azure/*'] }];
  const both = resting('azure/federated-credentials', {
    exemptions,
    unconfigured: ['SUBSCRIPTION_IDS', ...unconfigured],
  });
  assert.equal(both?.state, 'exempt');
});

test('a standing limit can be acknowledged and never exempt', () => {
  const about = { sources: ['mcp/open-streams'] };
  assert.equal(line('mcp/open-streams', { exemptions: [{ ...decision, ...about }] })?.state, 'not-examined');
  const acknowledged = [{ ...about, by: 'Morgan Lee', on: '2026-11-02' }];
  assert.deepEqual(line('mcp/open-streams', { acknowledged })?.acknowledged, { by: 'Morgan Lee', on: '2026-11-02' });
  assert.equal(line('mcp/long-tasks', { acknowledged })?.acknowledged, undefined);
});

const NOTHING = { asked: 0, count: 0, unit: 'items' };
const SILENT = {
  looked: NOTHING,
  state: 'unavailable',
  detail: 'Nothing was filed about it: the case did not come that far.',
};
const [read, other] = [
  { id: 'github/x', holds: 'x', examined: 'always', permissions: [], scope: 'GITHUB_ORGANISATIONS' },
  { id: 'azure/y', holds: 'y', examined: 'always', permissions: [], scope: 'SUBSCRIPTION_IDS' },
] as const satisfies readonly SourceDefinition[];

test('a source about which nothing was filed has a line that says why', () => {
  const of = (more: Partial<SourceDefinition>, unconfigured: readonly string[] = []) =>
    unreadLine({ ...read, ...more }, { ...NOBODY_DECIDED, unconfigured }, AT);
  assert.deepEqual(of({}), { source: 'github/x', ...SILENT });
  assert.deepEqual(silentLine(read, 'acme'), { source: 'github/x:acme', ...SILENT });
  const unread = { source: 'github/x', state: 'not-examined', looked: NOTHING };
  const unconfigured = { ...unread, why: 'not-configured' };
  assert.deepEqual(of({}, ['GITHUB_ORGANISATIONS', 'SUBSCRIPTION_IDS']), {
    ...{ ...unconfigured, detail: 'GITHUB_ORGANISATIONS names nothing.' },
  });
  assert.deepEqual(of({ restsOn: [other] }, ['GITHUB_ORGANISATIONS', 'SUBSCRIPTION_IDS']), {
    ...{ ...unconfigured, detail: 'GITHUB_ORGANISATIONS and SUBSCRIPTION_IDS name nothing.' },
  });
  const not = 'not-read-by-this-version';
  assert.deepEqual(of({ examined: { not, why: 'Look by hand.' } }), { ...unread, why: not, detail: 'Look by hand.' });
  assert.deepEqual(of({ examined: { not, why: 'Look by hand.' } }, ['GITHUB_ORGANISATIONS'])?.why, 'not-configured');
  const limit = { examined: { not: 'no-interface', why: 'Nobody can.' } } as const;
  assert.deepEqual(of(limit, ['GITHUB_ORGANISATIONS']), { ...unread, why: 'no-interface', detail: 'Nobody can.' });
});

test('an exemption that is over is told before what the line said, and with nothing where it said nothing', () => {
  const line = { source: 'github/x:acme', state: 'not-examined', why: 'not-configured', looked: NOTHING } as const;
  const exemptions = [{ ...decision, until: '2026-11-01', sources: ['github/x'] }];
  const over = 'Its exemption by Morgan Lee ended on 2026-11-01.';
  assert.equal(decided({ ...line, detail: 'Ask.' }, { ...NOBODY_DECIDED, exemptions }, AT).detail, `${over} Ask.`);
  assert.equal(decided(line, { ...NOBODY_DECIDED, exemptions }, AT).detail, over);
});

test('each kind of remedy closes what a source of its own step finds', () => {
  for (const { name, remedies, sources: own } of STEPS) {
    const closing = new Set(own.flatMap((each): readonly string[] => each.remedies ?? []));
    assert.deepEqual([...closing].sort(), remedies.map(({ kind }): string => kind).sort(), name);
  }
});
