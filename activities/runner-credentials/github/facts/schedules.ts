import * as z from 'zod';
import type { BlamedFile } from '../../../../src/connectors/github/blame.ts';
import type { GitHubOrganisation } from '../../../../src/connectors/github/index.ts';
import type { ScheduledRun } from '../../../../src/connectors/github/workflows.ts';
import type { VendorFailure, VendorResult } from '../../../../src/connectors/result.ts';
import type { Immutable } from '../../../../src/shapes/immutable.ts';
import { permitted } from '../../../../src/steps/permitted.ts';
import {
  actorsOf,
  CronChangeSchema,
  cronChange,
  LatestRunSchema,
  nextActor,
} from '../../../../src/steps/runner-credentials/rules/github/next-actor.ts';
import {
  readWorkflowTriggers,
  type WorkflowTriggers,
} from '../../../../src/steps/runner-credentials/rules/github/read-workflow.ts';
import {
  handOverFinding,
  scheduleFinding,
} from '../../../../src/steps/runner-credentials/rules/github/schedule-finding.ts';
import type { OwnedCredential } from '../../../../src/sweep/find-orphans.ts';
import { withoutAccount } from '../no-account-coverage.ts';
import type { WorkflowText, WorkflowTexts } from '../read-workflow-texts.ts';
import type { BatchedRepository } from '../repository-batch.ts';
import { defineRepositorySource, type Judged, type Judging, type SourceRead } from './repository-source.ts';

/** A workflow that may have a schedule, with what tells as whom it runs next. */
const ScheduleSchema = z.strictObject({
  /** Its id, or the name of its file. */
  workflow: z.union([z.number(), z.string()]),
  path: z.string(),
  /** Absent where its file is no readable workflow, or was not read. */
  crons: z.exactOptional(z.array(z.string())),
  /** Its latest scheduled run; null where it never ran. */
  run: z.nullable(LatestRunSchema.extend({ workflowId: z.number(), headSha: z.string() })),
  change: z.exactOptional(CronChangeSchema),
  /** Who changed it could not be read. */
  unread: z.boolean(),
});
type ScheduleFact = Immutable<z.output<typeof ScheduleSchema>>;
const SchedulesSchema: z.ZodType<readonly ScheduleFact[]> = z.array(ScheduleSchema);

/** A repository that may have a schedule; `unread` where not all of its files could be read, so that any may have one. */
interface Candidate {
  readonly repository: string;
  readonly files: readonly WorkflowText[];
  readonly unread?: VendorFailure;
}

interface Scheduled {
  readonly workflow: number | string;
  readonly path: string;
  /** Where its file was read. */
  readonly triggers?: WorkflowTriggers;
}

interface Ran extends Scheduled {
  readonly run: VendorResult<ScheduledRun | undefined>;
  readonly etag?: string;
}

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
    return Promise.all(
      repositories.map(async (repository): Promise<SourceRead<readonly ScheduleFact[]>> => {
        const candidate = candidateOf(repository, texts);
        if (candidate === undefined) return { fact: [], asked: 0, count: 0, failures: [] };
        const { facts, failures, etags } = await schedulesOf(client, candidate);
        return { fact: facts, asked: 1, count: failures.length === 0 ? 1 : 0, failures, etags };
      }),
    );
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

/**
 * A schedule whose file is as it was: with its latest run of today. Undefined where who changed it has to be told anew: a run of
 * another commit than today’s may have had another schedule.
 */
async function runAgain(
  client: GitHubOrganisation,
  { name: repository }: BatchedRepository,
  known: ScheduleFact,
  head: string | null | undefined,
  etags: SourceRead<unknown>['etags'],
): Promise<{ readonly fact: ScheduleFact; readonly etag?: string } | undefined> {
  const place = { organisation: client.name, repository };
  const answer = await client.scheduledRunUnless(place, known.workflow, etags?.[known.path]);
  if (!answer.ok) return undefined;
  const latest = answer.value;
  if (latest.unchanged === true) return { fact: known, etag: latest.etag };
  const { run, etag } = latest;
  const tagged = etag === undefined ? {} : { etag };
  if (run === undefined) return known.run === null ? { fact: known, ...tagged } : undefined;
  // Of a file that is no readable schedule, dates decide: they are compared where the file is read.
  if (known.crons === undefined || run.headSha !== head) return undefined;
  const { change } = known;
  return {
    fact: { ...known, run: runFact(run), ...(change === undefined ? {} : { change: { ...change, sinceRun: false } }) },
    ...tagged,
  };
}

function runFact({ actor, createdAt, workflowId, headSha }: ScheduledRun): NonNullable<ScheduleFact['run']> {
  return { actor: actor && { id: actor.id, login: actor.login }, createdAt, workflowId, headSha };
}

function candidateOf(repository: BatchedRepository, { texts, failures }: WorkflowTexts): Candidate | undefined {
  if (repository.archived) return undefined;
  const { name } = repository;
  const files = texts.filter((each) => each.repository === repository);
  const unread = failures.find((each) => each.repository === repository)?.failure;
  if (unread !== undefined) return { repository: name, files, unread };
  const scheduled = files.filter(({ triggers }) => triggers.kind !== 'not-scheduled');
  return scheduled.length === 0 ? undefined : { repository: name, files: scheduled };
}

async function schedulesOf(
  client: GitHubOrganisation,
  candidate: Candidate,
): Promise<{
  readonly facts: ScheduleFact[];
  readonly failures: readonly VendorFailure[];
  readonly etags: Readonly<Record<string, string>>;
}> {
  const place = { organisation: client.name, repository: candidate.repository };
  const { scheduled, failures } = await scheduledIn(client, candidate);
  const ran = await Promise.all(
    scheduled.map(async (each): Promise<Ran> => {
      const answer = await client.scheduledRunUnless(place, each.workflow, undefined);
      if (answer.ok) {
        const { value } = answer;
        const run = { ok: true, value: value.unchanged === true ? undefined : value.run } as const;
        return { ...each, run, ...(value.etag === undefined ? {} : { etag: value.etag }) };
      }
      const run = answer;
      if (run.failure.kind !== 'not-found') return { ...each, run };
      // Where Actions knows no workflow of that name either, it never ran; where it does, its runs are not known.
      const known = await client.getWorkflow(place, each.workflow);
      if (known.ok) return { ...each, run };
      return { ...each, run: known.failure.kind === 'not-found' ? { ok: true, value: undefined } : known };
    }),
  );
  const asked = ran.flatMap(({ path, triggers, run }) =>
    triggers === undefined ? [] : { path, since: run.ok ? run.value?.headSha : undefined },
  );
  const blamed = await client.blameFiles(place, asked);
  const unread = ran.flatMap(({ path, run }) => [run, blamed.get(path)]);
  return {
    etags: Object.fromEntries(ran.flatMap(({ path, etag }) => (etag === undefined ? [] : [[path, etag]]))),
    facts: ran.flatMap((each) => factOf(each, blamed.get(each.path)) ?? []),
    failures: [...failures, ...unread.flatMap((each) => (each === undefined || each.ok ? [] : [each.failure]))],
  };
}

/** Those whose file says so; where not all files could be read, every workflow that GitHub knows there. */
async function scheduledIn(
  client: GitHubOrganisation,
  { repository, files, unread }: Candidate,
): Promise<{ readonly scheduled: readonly Scheduled[]; readonly failures: readonly VendorFailure[] }> {
  if (unread === undefined) {
    const scheduled = files.map(({ path, triggers }) => ({ workflow: fileNameOf(path), path, triggers }));
    return { scheduled, failures: [] };
  }
  const { items, failure } = await client.listWorkflows({ organisation: client.name, repository });
  const triggersAt = new Map(files.map(({ path, triggers }) => [path, triggers]));
  const scheduled = items.flatMap(({ id, path, state }): Scheduled[] => {
    const triggers = triggersAt.get(path);
    if (state !== 'active' || triggers?.kind === 'not-scheduled') return [];
    return [{ workflow: id, path, ...(triggers === undefined ? {} : { triggers }) }];
  });
  return { scheduled, failures: [unread, ...(failure === undefined ? [] : [failure])] };
}

/** What is kept of a schedule; undefined where nobody knows whether it ran. */
function factOf(
  { workflow, path, triggers, run }: Ran,
  file: VendorResult<BlamedFile> | undefined,
): ScheduleFact | undefined {
  if (!run.ok) return undefined;
  const latest = run.value;
  const scheduled = triggers?.kind === 'scheduled' ? triggers : undefined;
  const before =
    file?.ok && typeof file.value.before === 'string' ? readWorkflowTriggers(file.value.before) : undefined;
  const change = file?.ok ? cronChange(file.value, scheduled, before, latest) : undefined;
  return {
    workflow,
    path,
    ...(scheduled === undefined ? {} : { crons: scheduled.crons }),
    run: latest === undefined ? null : runFact(latest),
    ...(change === undefined ? {} : { change }),
    unread: file?.ok === false,
  };
}

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
    return workflow.failure.kind === 'not-found' && latest === undefined ? {} : failed(workflow.failure);
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
  const finding = scheduleFinding(schedule, apiEndpoint);
  const account = 'accountId' in next ? leaver.github.find(({ id }) => id === next.accountId) : undefined;
  const instead = handOverFinding(schedule, finding);
  const all = instead === undefined ? [finding] : [finding, instead];
  return { findings: account === undefined ? all : all.map((each) => permitted(each, account)) };
}

function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
