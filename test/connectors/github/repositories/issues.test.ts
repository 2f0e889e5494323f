import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WORLD } from '../../../../local/tenant/seeds/world.ts';
import { type OpenOnce, upsertIssue } from '../../../../src/connectors/github/repositories/issues.ts';
import { startCaseStudyGitHub } from '../../../activities/runner-credentials/github/case-study.ts';

const { app, state } = await startCaseStudyGitHub({ repositories: 8 });
after(() => app.stop());
const repository = state.repositories.get(WORLD.github.securityRepository);
const issues = () => repository?.issues.all() ?? [];
const wanted = { marker: 'mcp-offboarding:case:1', title: 'Offboarding', body: '# Report', labels: ['offboarding'] };
const alone: OpenOnce = (create) => create(false);

test('the second call of a case updates its issue instead of opening another', async () => {
  const first = await upsertIssue(app.config, wanted, alone);
  const second = await upsertIssue(app.config, { ...wanted, body: '# Report, corrected' }, alone);
  assert.deepEqual([first.ok && first.value.number, second.ok && second.value.number], [1, 1]);
  assert.equal(issues().length, 1);
  assert.match(issues()[0]?.body ?? '', /corrected/);
});

test('an issue is found again behind a hundred others, and another case’s is not taken for it', async () => {
  for (let number = 2; number <= 110; number += 1) {
    const body = `Text <!-- mcp-offboarding:case:${number} -->`;
    repository?.issues.add({ id: number, number, title: 'Other', body, labels: ['offboarding'], state: 'open' });
  }
  const again = await upsertIssue(app.config, { ...wanted, title: 'Found behind a hundred others' }, alone);
  assert.equal(again.ok && again.value.number, 1);
  assert.equal(issues().length, 110);
});

test('a closed issue stays closed: the case gets a new one', async () => {
  repository?.issues.patch('7', { state: 'closed' });
  const opened = await upsertIssue(app.config, { ...wanted, marker: 'mcp-offboarding:case:7' }, alone);
  assert.equal(opened.ok && opened.value.number, 111);
});

test('a body longer than GitHub takes is cut, keeps its marker and says that it was cut', async () => {
  const long = await upsertIssue(
    app.config,
    {
      ...wanted,
      marker: 'mcp-offboarding:case:long',
      body: 'x'.repeat(90_000),
    },
    alone,
  );
  assert.equal(long.ok, true);
  const body = issues().at(-1)?.body ?? '';
  assert.match(body, /The report goes on[\s\S]*<!-- mcp-offboarding:case:long -->/);
});

test('while the open issues cannot all be read, none is opened twice', async () => {
  const before = issues().length;
  app.tenant.faults.add({ vendor: 'github', method: 'GET', path: /issues/, effect: { kind: 'answer', status: 500 } });
  const refused = await upsertIssue(app.config, { ...wanted, marker: 'mcp-offboarding:case:unsure' }, alone);
  app.tenant.faults.clear();
  assert.equal(!refused.ok && refused.failure.kind, 'unavailable');
  assert.equal(issues().length, before);
});

test('whoever takes over from somebody who died looks again before it opens an issue', async () => {
  const body = '# Report <!-- mcp-offboarding:case:orphan -->';
  const opened = await upsertIssue(app.config, { ...wanted, marker: 'mcp-offboarding:case:orphan' }, (create) => {
    repository?.issues.add({
      id: 500,
      number: 500,
      title: 'Opened and lost',
      body,
      labels: ['offboarding'],
      state: 'open',
    });
    return create(true);
  });
  assert.equal(opened.ok && opened.value.number, 500);
});
