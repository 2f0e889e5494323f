import type { VendorFailure } from '../../../../../src/connectors/result.ts';
import { permitted } from '../../../../../src/steps/permitted.ts';
import { actorsOf, nextActor } from '../../../../../src/steps/runner-credentials/rules/github/workflows/next-actor.ts';
import { scheduleFindings } from '../../../../../src/steps/runner-credentials/rules/github/workflows/schedule-finding.ts';
import type { OwnedCredential } from '../../../../../src/sweep/find-orphans.ts';
import { withoutAccount } from '../../log/no-account-coverage.ts';
import { defineRepositorySource, type Judged, type Judging } from '../repository-source.ts';
import { readSchedules, runAgain } from './read-schedules.ts';
import { type ScheduleFact, SchedulesSchema } from './schedule-fact.ts';

/**
 * Schedules with whom they run as: each workflow that may have a schedule is asked for its latest run, and its file for
 * who changed it since. Archived repositories run nothing. Without an account of the person it is read all the same,
 * because names and addresses may point to them.
 */
export const schedules = defineRepositorySource({
  what: 'schedules',
  unit: 'repositories with a schedule',
  fact: SchedulesSchema,
  read: async ({ client, repositories, workflowTexts }) => {
    const texts = await workflowTexts();
    return Promise.all(repositories.map((repository) => readSchedules(client, repository, texts)));
  },
  owned: ({ repository, fact }, source) =>
    fact.flatMap(({ path, crons, run, change }): OwnedCredential[] => {
      const owners = actorsOf(run ?? undefined, change);
      const silent = run === null && crons === undefined;
      return silent
        ? []
        : owners.map((accountId) => ({
            kind: 'schedule',
            source,
            id: `${repository.name}/${path}`,
            owner: { accountId },
          }));
    }),
  again: async ({ client, heads }, repository, before) => {
    if (before.failures.length > 0) return undefined;
    const head = (await heads()).get(repository.nodeId)?.head;
    const read = await Promise.all(before.fact.map((known) => runAgain(client, repository, known, head, before.etags)));
    const known = read.flatMap((each) => each ?? []);
    if (known.length < before.fact.length) return undefined;
    const etags = Object.fromEntries(
      known.flatMap(({ fact: { path }, etag }) => (etag === undefined ? [] : [[path, etag]])),
    );
    return { ...before, fact: known.map(({ fact }) => fact), etags };
  },
  judge: async (known, judging) => {
    const judged = await Promise.all(
      known.flatMap(({ repository, fact }) =>
        fact.map((schedule) => judgeSchedule(repository.name, schedule, judging)),
      ),
    );
    return {
      findings: judged.flatMap(({ findings = [] }) => findings),
      failures: judged.flatMap(({ failures = [] }) => failures),
    };
  },
  noted: (line, leaver) => withoutAccount(line, leaver),
});

/** Whether it runs as the leaver. Only of one that may is asked whether it is active. */
async function judgeSchedule(
  repository: string,
  { workflow: named, path, crons, run, change, unread }: ScheduleFact,
  { organisation, leaver, apiEndpoint, workflow: ask }: Judging,
): Promise<Judged> {
  const latest = run ?? undefined;
  const next = nextActor(latest, change, leaver);
  // Of a file that cannot be read as a workflow, or was not read at all, no run means no schedule as far as GitHub knows.
  const silent = latest === undefined && crons === undefined;
  if (next.verdict === 'somebody-else' || silent || (next.verdict === 'unknown' && unread)) return {};
  const failed = (failure: VendorFailure): Judged => ({ failures: [{ failure, repository }] });
  const workflow = await ask(repository, latest?.workflowId ?? named);
  if (!workflow.ok) {
    // One that ran is known to Actions.
    if (workflow.failure.kind !== 'not-found' || latest !== undefined) return failed(workflow.failure);
    // Of a file that nothing ties to the leaver no schedule is no loss; of the leaver's it is one that may begin yet.
    return next.verdict === 'unknown' ? {} : failed(notKnownToActions(organisation, repository, path));
  }
  if (workflow.value.state !== 'active') return {};
  if (next.verdict === 'unknown') {
    const message = `As whom the schedule of ${path} in ${organisation}/${repository} runs next cannot be told: ${next.why}.`;
    return failed({ kind: 'incomplete', status: 200, message });
  }
  const schedule = {
    organisation,
    repository,
    workflowId: workflow.value.id,
    path,
    filedAs: workflow.value.path,
    crons: crons ?? [],
    next,
    ...(latest === undefined ? {} : { run: latest }),
    ...(change === undefined ? {} : { change }),
  };
  const account = 'accountId' in next ? leaver.github.find(({ id }) => id === next.accountId) : undefined;
  const all = scheduleFindings(schedule, apiEndpoint);
  return { findings: account === undefined ? all : all.map((each) => permitted(each, account)) };
}

/** A file with a schedule that the leaver wrote, or may have written, and no workflow: new, or Actions is off there. */
function notKnownToActions(organisation: string, repository: string, path: string): VendorFailure {
  const where = `${organisation}/${repository}`;
  const message =
    `${path} in ${where} has a schedule that the leaver wrote or may have written, and GitHub Actions knows no workflow ` +
    'of that file: it is new, or Actions is off there. Look at the file before it runs.';
  return { kind: 'incomplete', status: 404, message };
}
