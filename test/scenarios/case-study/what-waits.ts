import assert from 'node:assert/strict';
import { test } from 'node:test';
import { told } from './world.ts';

test('what could stop production is untouched and waits for an approval', async () => {
  const { before, after, findings } = await told();
  for (const kind of ['variables', 'runners', 'workflows', 'agents'] as const) {
    assert.ok(before[kind].length > 0);
    assert.deepEqual(after[kind], before[kind]);
  }
  const waiting = findings.filter(({ status }) => status === 'awaiting-decision');
  const kinds = new Set(waiting.map(({ remedy }) => remedy?.call.kind));
  assert.deepEqual([...kinds].sort(), [
    'blank-variable',
    'delete-federated-credential',
    'delete-variable',
    'deny-identity',
    'disable-agent',
    'disable-workflow',
    'hand-over-schedule',
    'remove-agent',
    'remove-membership',
    'remove-runner',
    'revoke-devops-token',
    'revoke-sso-credential',
    'suspend-subscription-key',
  ]);
});

test('a credential that variables and files use is not revoked before somebody has seen what would stop', async () => {
  const { findings } = await told();
  const [credential] = findings.filter(({ remedy }) => remedy?.call.kind === 'revoke-sso-credential' && remedy.impact);
  assert.equal(credential?.status, 'awaiting-decision');
  const impact = credential?.remedy?.impact ?? [];
  assert.ok(impact.length > 0);
  for (const { finding, what, link } of impact.filter((each) => each.finding !== undefined)) {
    const place = findings.find(({ id }) => id === finding);
    assert.deepEqual([place?.resource.id, place?.resource.url], [what, link]);
  }
  const behind = impact.filter(({ finding }) => finding === undefined);
  assert.ok(behind.length > 0, 'workflows that take the variables stand behind them');
  for (const { link } of behind) assert.match(link ?? '', /\/blob\/HEAD\//);
});

test('who decides on a variable or a workflow sees which workflows would stop, as far as they were read', async () => {
  const { findings } = await told();
  const impactOf = (kind: string) =>
    findings.filter(({ remedy }) => remedy?.call.kind === kind).flatMap(({ remedy }) => remedy?.impact ?? []);
  for (const kind of ['blank-variable', 'disable-workflow']) {
    const impact = impactOf(kind);
    assert.ok(impact.length > 0, kind);
    for (const { what, link } of impact) {
      assert.match(what, /^northwind-capital\/.+\.ya?ml/);
      assert.match(link ?? '', /\/blob\/HEAD\//);
    }
  }
});

test('Azure DevOps tokens of which one may stand where builds run are not revoked before somebody has seen what may stop', async () => {
  const { findings } = await told();
  const listed = findings.filter(({ remedy }) => remedy?.call.kind === 'revoke-devops-token');
  assert.ok(listed.length > 0);
  for (const { status, remedy, reason } of listed) {
    assert.equal(status, 'awaiting-decision');
    assert.ok(remedy?.impact?.some(({ what, perhaps }) => perhaps && /not known which/.test(what)));
    assert.match(reason, /nothing tells whether they do/);
  }
});
