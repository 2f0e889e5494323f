import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Coverage, isGap } from '../../src/cases/coverage/coverage.ts';
import type { CoverageDecisions } from '../../src/cases/coverage/coverage-decisions.ts';
import { ExemptSources } from '../../src/coverage-settings.ts';
import { CATALOGUE } from '../../src/steps/catalogue.ts';
import { decided } from '../../src/steps/unread-line.ts';

const AT = '2026-11-23T09:40:31.000Z';
const decision = { reason: 'Audit logs are for auditors alone.', by: 'Morgan Lee', until: '2026-11-23' };
const PERMISSION = 'AuditLog.Read.All';

const refused = (id: string): Coverage => ({
  source: `${id}:somewhere`,
  state: 'denied',
  looked: { count: 0, unit: 'rows' },
  detail: 'The vendor refused.',
  missingPermission: PERMISSION,
});
const exempting = (...sources: string[]): CoverageDecisions => ({
  exemptions: ExemptSources.parse(JSON.stringify([{ ...decision, sources }])),
  acknowledged: [],
  unconfigured: [],
});

const READ = Object.values(CATALOGUE)
  .flat()
  .filter(({ examined, permissions }) => permissions.length > 0 && (examined === 'always' || 'when' in examined));

test('what rests on the logs of Entra and GitHub, which firms withhold, is among them', () => {
  const resting = (permission: string) => READ.filter(({ permissions }) => permissions.includes(permission));
  assert.ok(resting('reader/graph/AuditLog.Read.All').length > 1);
  assert.ok(resting('reader/github/organization_administration=read').length > 0);
});

test('whatever is read with a permission is exempt by its own name where the permission is withheld, and tells it', () => {
  assert.ok(READ.length > 50);
  for (const { id } of READ) {
    const line = decided(refused(id), exempting(id), AT);
    assert.deepEqual(line, { ...refused(id), state: 'exempt', exemption: decision }, id);
    assert.equal(isGap(line), false);
  }
});

const ID = 'github/organisation-runners';
for (const [what, line, decisions, at] of [
  ['nobody decided', refused(ID), { ...exempting(ID), exemptions: [] }, AT],
  ['another source is exempt', refused(ID), exempting('github/repository-runners'), AT],
  ['the whole vendor is exempt as unused', refused(ID), { ...exempting('github/*'), unconfigured: [] }, AT],
  [
    'the whole vendor is exempt, and the place is not named any more',
    refused(ID),
    { ...exempting('github/*'), unconfigured: ['GITHUB_ORGANISATIONS'] },
    AT,
  ],
  ['the exemption is over', refused(ID), exempting(ID), '2026-11-24T00:00:00.000Z'],
  ['the refusal names no permission', without(refused(ID)), exempting(ID), AT],
  ['it was read in part', { ...refused(ID), state: 'partial' }, exempting(ID), AT],
  ['it was unavailable', { ...refused(ID), state: 'unavailable' }, exempting(ID), AT],
] as const) {
  test(`a source that was not read is a gap all the same: ${what}`, () => {
    const told = decided(line, decisions, at, { scope: 'GITHUB_ORGANISATIONS' });
    assert.equal(told.state, line.state);
    assert.ok(isGap(told));
    if (at !== AT)
      assert.match(told.detail ?? '', /^Its exemption by Morgan Lee ended on 2026-11-23\. The vendor refused/);
  });
}

function without({ missingPermission: _, ...line }: Coverage): Coverage {
  return line;
}
