import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { fetchReportFile } from '../../local/telling/follow-case.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { type Coverage, isGap } from '../../src/cases/coverage/coverage.ts';
import { isClosed, type ReportFinding } from '../../src/cases/finding.ts';
import { makeCaseId } from '../../src/cases/ids.ts';
import type { MachineReport } from '../../src/machines/report.ts';
import type { Oid } from '../../src/people/oid.ts';
import type { Report } from '../../src/report/report.ts';
import { keptMachine, shaOf, toldToken } from '../support/apps/kept-machine.ts';
import { filedReport, startFastStack } from './support/fast-stack.ts';
import { caseReadAgain } from './support/read-again.ts';
import { assertValidReport } from './support/report-schema.ts';

const stack = await startFastStack();
after(() => stack.stop());
const { leaver, github, tenantId, colleagues } = WORLD;
const [ana] = colleagues;
const caseId = makeCaseId(leaver.oid as Oid, 1);
const { storage, readAgain } = caseReadAgain(stack, caseId);
const laptop = github.runner.name;
const value = stack.mint.mint('github-oauth');

// The one run by which machines tell; its job ran on the laptop.
const repository = `${github.organisation}/document-pipeline`;
const documents = stack.states.github.repositories.get(repository);
assert.ok(documents !== undefined);
documents.runs.push({
  ...{ id: 4_711, workflowId: 0, actorId: ana.githubId, event: 'push', createdAt: new Date() },
  jobs: [{ id: 81_234, name: 'build', runnerId: github.runner.id, status: 'completed' }],
});
const sayer = {
  kind: 'github-job',
  ...{ owner: github.organisation, ownerId: 1, repository, repositoryId: documents.id },
  ...{ runId: '4711', runAttempt: '1', checkRunId: '81234' },
} as const;

/** A machine of the firm tells, once for each job, as the endpoint keeps it. */
async function tells(name: string, job: string, tokens: MachineReport['tokens'], minutesAgo: number): Promise<void> {
  const at = new Date(Date.now() - minutesAgo * 60_000);
  const { report } = keptMachine('github', at.toISOString(), {
    organisation: github.organisation,
    machine: { name, host: name, user: 'runner' },
    tokens,
  });
  const { taken } = await storage.keepMachine(sayer, { ...report, job }, at);
  assert.equal(taken, 'new');
}
const onMachines = ({ steps }: Report): ReportFinding[] =>
  steps.flatMap(({ findings }) => findings).filter(({ kind }) => kind === 'token-on-machine');
const inventory = ({ steps }: Report): Coverage[] =>
  steps.flatMap(({ coverage }) => coverage).filter(({ source }) => source === 'machines/inventory');
const cached = (report: Report): ReportFinding | undefined =>
  onMachines(report).find(({ evidence }) => evidence.sha256 === shaOf(value));

test('the token that is cached on the leaver’s laptop is found, whatever another machine says, and stays when the laptop says that it is gone', async () => {
  const gh = { place: 'github-cli', path: '~/.config/gh/hosts.yml', account: leaver.githubLogin } as const;
  await tells(laptop, 'first', [toldToken(value, gh)], 30);
  const iss = `https://login.microsoftonline.com/${tenantId}/v2.0`;
  const hostile = Array.from({ length: 200 }, (_, at) =>
    toldToken(
      stack.mint.jwt({
        iss,
        oid: at % 2 === 0 ? ana.oid : leaver.oid,
        exp: at % 3 === 0 ? 1e300 : Math.floor(Date.now() / 1_000) + 3_600,
      }),
      {
        ...{ place: 'git', path: `~/${at}`, account: ana.userPrincipalName },
      },
    ),
  );
  await tells('hostile-01', 'first', hostile, 20);
  await tells('build-01', 'not on it', [], 10);

  const opened = await stack.api('/api/cases', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ oid: leaver.oid, mode: 'apply', confirmUserPrincipalName: leaver.userPrincipalName },
      reason: 'What stands on the laptop',
    }),
  });
  assert.equal(opened.status, 201);
  const first = await filedReport(stack, caseId);
  assertValidReport(first);
  const found = cached(first);
  assert.deepEqual(
    [found?.severity, found?.status, found?.resource.name, found?.evidence.path, found?.evidence.owner],
    ['high', 'manual-action', laptop, '~/.config/gh/hosts.yml', 'likely'],
  );
  assert.match(found?.reason ?? '', /Remove it from ~\/\.config\/gh\/hosts\.yml on machine laptop-amoreau\./);
  assert.ok(onMachines(first).every(({ remedy }) => remedy === undefined));
  assert.ok(onMachines(first).length <= 52, 'a report does not fill the case');
  assert.equal(await storage.getDenied(ana.oid as Oid), undefined);
  assert.notEqual(first.outcome, 'clear');
  const [line] = inventory(first);
  assert.ok(line !== undefined && isGap(line), 'other runners are online, and have not told');
  assert.equal(line.looked.count, 1, 'of all machines of the firm the laptop alone has told');
  assert.match(
    line.detail ?? '',
    /^No report within 7 days of 1 self-hosted runner of \S+ that is online \(laptop-\S+-silva\): .*docs\/runner-inventory\.md/,
  );
  assert.match(
    line.detail ?? '',
    /build-01: named in a report of a job of \S+\/document-pipeline \(run 4711, attempt 1\), which does not count, because GitHub shows no job of that run on this machine/,
  );

  await tells(laptop, 'second', [], 1);
  const second = await readAgain();
  const still = cached(second);
  assert.equal(still?.status, 'manual-action');
  assert.match(still?.title ?? '', /by what it said until /);
  assert.match(still?.reason ?? '', /Its word that it is gone is no proof/);
  const open = (report: Report): string[] => onMachines(report).flatMap((each) => (isClosed(each) ? [] : [each.id]));
  assert.deepEqual(open(second).sort(), open(first).sort());
  assert.ok(inventory(second).every(({ state }) => state !== 'complete'));

  for (const name of ['report.html', 'report.md'] as const) {
    const page = await fetchReportFile(stack, caseId, name);
    assert.match(page, /hosts\.yml/);
    assert.ok(!page.includes(value.slice(0, -4)), 'its value was never here');
  }
});
