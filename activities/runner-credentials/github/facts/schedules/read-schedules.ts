import type { ScheduledRun } from '../../../../../src/connectors/github/actions/workflows.ts';
import type { BlamedFile } from '../../../../../src/connectors/github/audit-log/blame.ts';
import type { GitHubOrganisation } from '../../../../../src/connectors/github/index.ts';
import type { VendorFailure, VendorResult } from '../../../../../src/connectors/result.ts';
import { cronChange } from '../../../../../src/steps/runner-credentials/rules/github/workflows/next-actor.ts';
import {
  readWorkflowTriggers,
  type WorkflowTriggers,
} from '../../../../../src/steps/runner-credentials/rules/github/workflows/read-workflow.ts';
import type { WorkflowText, WorkflowTexts } from '../../repositories/read-workflow-texts.ts';
import type { BatchedRepository } from '../../repositories/repository-batch.ts';
import type { SourceRead } from '../repository-source.ts';
import { runFact, type ScheduleFact } from './schedule-fact.ts';

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

/** The schedules of one repository, with their latest runs and who changed them. */
export async function readSchedules(
  client: GitHubOrganisation,
  repository: BatchedRepository,
  texts: WorkflowTexts,
): Promise<SourceRead<readonly ScheduleFact[]>> {
  const candidate = candidateOf(repository, texts);
  if (candidate === undefined) return { fact: [], asked: 0, count: 0, failures: [] };
  const { facts, failures, etags } = await schedulesOf(client, candidate);
  return { fact: facts, asked: 1, count: failures.length === 0 ? 1 : 0, failures, etags };
}

/**
 * A schedule whose file is as it was: with its latest run of today. Undefined where who changed it has to be told anew: a run of
 * another commit than today’s may have had another schedule.
 */
export async function runAgain(
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

function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
