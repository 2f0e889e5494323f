import { coverageOf } from '../../../src/cases/coverage-of.ts';
import type { Finding } from '../../../src/cases/finding.ts';
import type { BlamedFile } from '../../../src/connectors/github/blame.ts';
import type { GitHubOrganisation } from '../../../src/connectors/github/index.ts';
import type { ScheduledRun } from '../../../src/connectors/github/workflows.ts';
import type { VendorFailure, VendorResult } from '../../../src/connectors/result.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { permitted } from '../../../src/steps/permitted.ts';
import { cronChange, nextActor } from '../../../src/steps/runner-credentials/rules/github/next-actor.ts';
import {
  readWorkflowTriggers,
  type WorkflowTriggers,
} from '../../../src/steps/runner-credentials/rules/github/read-workflow.ts';
import { scheduleFinding } from '../../../src/steps/runner-credentials/rules/github/schedule-finding.ts';
import { withoutAccount } from './no-account-coverage.ts';
import type { UnreadRepository, WorkflowText, WorkflowTexts } from './read-workflow-texts.ts';
import type { Scanned } from './scanned.ts';

interface Read {
  readonly findings: readonly Finding[];
  readonly failures: readonly VendorFailure[];
}

/** A repository that may have a schedule; `unread` where not all of its files could be read, so that any may have one. */
interface Candidate {
  readonly repository: string;
  readonly files: readonly WorkflowText[];
  readonly unread?: VendorFailure;
}

/** A workflow that may have a schedule, by its id or the name of its file; `triggers` where its file was read. */
interface Scheduled {
  readonly workflow: number | string;
  readonly path: string;
  readonly triggers?: WorkflowTriggers;
}

interface Ran extends Scheduled {
  readonly run: VendorResult<ScheduledRun | undefined>;
}

/**
 * Schedules that run as the leaver, or will: each workflow that may have a schedule is asked for its latest run, and
 * its file for who changed it since. Archived repositories run nothing. Without an account of the person it is read
 * all the same, because names and addresses may point to them.
 */
export async function readSchedules(
  client: GitHubOrganisation,
  files: Pick<WorkflowTexts, 'texts' | 'unread'>,
  leaver: Leaver,
): Promise<Scanned> {
  const source = `github/schedules:${client.name}`;
  const unit = 'repositories with a schedule';
  const read = await Promise.all(candidatesOf(files).map((candidate) => schedulesOf(client, candidate, leaver)));
  const failures = read.flatMap((each) => each.failures);
  const looked = read.filter((each) => each.failures.length === 0).length;
  const line = coverageOf(source, { asked: read.length, count: looked, unit }, failures);
  return {
    findings: read.flatMap(({ findings }) => findings),
    failures,
    coverage: [withoutAccount(line, leaver)],
  };
}

function candidatesOf({ texts, unread }: Pick<WorkflowTexts, 'texts' | 'unread'>): Candidate[] {
  const awake = unread.filter(({ repository }) => !repository.archived);
  const unknown = new Map(awake.map(({ repository, failure }: UnreadRepository) => [repository.name, failure]));
  const scheduled = texts.filter(
    ({ triggers, repository }) => triggers.kind !== 'not-scheduled' && !repository.archived,
  );
  const byRepository = Map.groupBy(scheduled, ({ repository }) => repository.name);
  return [...new Set([...byRepository.keys(), ...unknown.keys()])].map((repository) => {
    const failure = unknown.get(repository);
    const read = texts.filter((each) => each.repository.name === repository);
    return failure === undefined
      ? { repository, files: byRepository.get(repository) ?? [] }
      : { repository, files: read, unread: failure };
  });
}

async function schedulesOf(client: GitHubOrganisation, candidate: Candidate, leaver: Leaver): Promise<Read> {
  const place = { organisation: client.name, repository: candidate.repository };
  const { scheduled, failures } = await scheduledIn(client, candidate);
  const ran = await Promise.all(
    scheduled.map(async (each): Promise<Ran> => {
      const run = await client.latestScheduledRun(place, each.workflow);
      if (run.ok || run.failure.kind !== 'not-found') return { ...each, run };
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
  const judged = await Promise.all(ran.map((each) => scheduleOf(client, place, each, blamed.get(each.path), leaver)));
  return {
    findings: judged.flatMap(({ findings }) => findings),
    failures: [...failures, ...judged.flatMap((each) => each.failures)],
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

async function scheduleOf(
  client: GitHubOrganisation,
  place: { readonly organisation: string; readonly repository: string },
  { workflow: asked, path, triggers, run }: Ran,
  file: VendorResult<BlamedFile> | undefined,
  leaver: Leaver,
): Promise<Read> {
  const failures = [run, file].flatMap((each) => (each === undefined || each.ok ? [] : [each.failure]));
  if (!run.ok) return { findings: [], failures };
  const latest = run.value;
  const scheduled = triggers?.kind === 'scheduled' ? triggers : undefined;
  const before =
    file?.ok && typeof file.value.before === 'string' ? readWorkflowTriggers(file.value.before) : undefined;
  const change = file?.ok ? cronChange(file.value, scheduled, before, latest) : undefined;
  const next = nextActor(latest, change, leaver);
  // Of a file that cannot be read as a workflow, or was not read at all, no run means no schedule as far as GitHub knows.
  const silent = latest === undefined && scheduled === undefined;
  if (next.verdict === 'somebody-else' || silent || (next.verdict === 'unknown' && failures.length > 0)) {
    return { findings: [], failures };
  }
  const workflow = await client.getWorkflow(place, latest?.workflowId ?? asked);
  if (!workflow.ok) {
    // One that ran is known to Actions.
    return workflow.failure.kind === 'not-found' && latest === undefined
      ? { findings: [], failures }
      : { findings: [], failures: [...failures, workflow.failure] };
  }
  if (workflow.value.state !== 'active') return { findings: [], failures };
  if (next.verdict === 'unknown') {
    const message = `As whom the schedule of ${path} in ${place.organisation}/${place.repository} runs next cannot be told: ${next.why}.`;
    return { findings: [], failures: [...failures, { kind: 'incomplete', status: 200, message }] };
  }
  const schedule = {
    ...place,
    workflowId: workflow.value.id,
    path,
    filedAs: workflow.value.path,
    crons: scheduled?.crons ?? [],
    next,
    ...(latest === undefined ? {} : { run: latest }),
    ...(change === undefined ? {} : { change }),
  };
  const finding = scheduleFinding(schedule, client.apiEndpoint);
  const account = 'accountId' in next ? leaver.github.find(({ id }) => id === next.accountId) : undefined;
  return { findings: [account === undefined ? finding : permitted(finding, account)], failures };
}

function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
