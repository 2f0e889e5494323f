import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { plantTokens } from './no-secret-in-names/plant-tokens.ts';
import { everythingWritten, type Written } from './support/everything-written.ts';
import { filedReport, startFastStack } from './support/fast-stack.ts';
import { findSecrets } from './support/find-secrets.ts';

const stack = await startFastStack({ scale: { repositories: 2, identities: 0, credentialsPerIdentity: 0 } });
after(() => stack.stop());
const { github } = stack.states;
const { leaver } = WORLD;

/** What the plan keeps: a remedy calls it by its name, or is compared with such a name. */
const ACTED_ON = new Set([
  'credential of an identity',
  'credential of an application',
  'application',
  'variable',
  'path of a workflow',
  'runner',
  'runner in the audit log',
  'agent',
]);

test('a token that stands in a name of any vendor is filed, sent, shown and logged nowhere', async () => {
  const planted = plantTokens(stack);
  const opened = await stack.api('/api/cases', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ oid: leaver.oid, reason: 'Names', mode: 'apply' }),
  });
  const { caseId } = (await opened.json()) as { caseId: string };
  const report = await filedReport(stack, caseId);
  const findings = report.steps.flatMap((step) => step.findings);
  const redacted = JSON.stringify(findings).match(/\[[a-z-]+ token\]/g) ?? [];
  assert.ok(redacted.length > 20, `${redacted.length} names with a token were met`);

  const answers: Written[] = [];
  for (const path of ['', '/report', '/report.json', '/report.html', '/report.md']) {
    const answer = await stack.api(`/api/cases/${caseId}${path}`);
    answers.push({ where: `answer ${path}`, bytes: Buffer.from(await answer.text()) });
  }
  const sent = JSON.stringify([
    github.repositories.all().flatMap(({ issues }) => issues.all()),
    stack.states.teams,
    stack.states.webhook.events,
    stack.states.ingestion.cases,
  ]);
  const all: Written[] = [...(await everythingWritten(stack)), ...answers, { where: 'sent', bytes: Buffer.from(sent) }];
  const places = [...planted.keys()];
  const leaks = findSecrets([...planted.values()], all).map(({ where, secret }) => ({
    where,
    what: places[secret] ?? '',
  }));
  const inPlan = ({ where, what }: (typeof leaks)[number]): boolean =>
    where.startsWith('blob work/') && ACTED_ON.has(what);
  assert.deepEqual(
    [...new Set(leaks.filter((leak) => !inPlan(leak)).map(({ where, what }) => `${what}: ${where}`))],
    [],
  );
});
