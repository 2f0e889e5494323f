import { coverageOf } from '../../../src/cases/coverage-of.ts';
import type { Finding } from '../../../src/cases/finding.ts';
import type { GitHubOrganisation } from '../../../src/connectors/github/index.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { Leaver } from '../../../src/people/leaver.ts';
import { permitted } from '../../../src/steps/permitted.ts';
import { scheduleFinding } from '../../../src/steps/runner-credentials/rules/github/schedule-finding.ts';
import { noAccountCoverage } from './no-account-coverage.ts';
import type { WorkflowText, WorkflowTexts } from './read-workflow-texts.ts';
import type { Scanned } from './scanned.ts';

interface Read {
  readonly findings: readonly Finding[];
  readonly failures: readonly VendorFailure[];
}

/** A repository that may have a schedule; `files` is undefined where not all of them could be read. */
interface Candidate {
  readonly repository: string;
  readonly files: readonly WorkflowText[] | undefined;
}

/**
 * Schedules that run as the leaver. Only repositories with a workflow that may have a schedule are asked, once per
 * account; archived ones run nothing.
 */
export async function readSchedules(
  client: GitHubOrganisation,
  files: Pick<WorkflowTexts, 'texts' | 'unread'>,
  leaver: Leaver,
): Promise<Scanned> {
  const source = `github/schedules:${client.name}`;
  const unit = 'repositories with a schedule';
  if (leaver.github.length === 0) {
    return { findings: [], failures: [], coverage: [noAccountCoverage(source, unit, leaver)] };
  }
  const read = await Promise.all(candidatesOf(files).map((candidate) => schedulesOf(client, candidate, leaver)));
  const failures = read.flatMap((each) => each.failures);
  const looked = read.filter((each) => each.failures.length === 0).length;
  return {
    findings: read.flatMap(({ findings }) => findings),
    failures,
    coverage: [coverageOf(source, { asked: read.length, count: looked, unit }, failures)],
  };
}

function candidatesOf({ texts, unread }: Pick<WorkflowTexts, 'texts' | 'unread'>): Candidate[] {
  const awake = unread.filter(({ archived }) => !archived);
  const unknown = new Set(unread.map(({ name }) => name));
  const scheduled = texts.filter(
    ({ triggers, repository }) =>
      triggers.kind !== 'not-scheduled' && !repository.archived && !unknown.has(repository.name),
  );
  const byRepository = Map.groupBy(scheduled, ({ repository }) => repository.name);
  return [
    ...[...byRepository].map(([repository, files]) => ({ repository, files })),
    ...awake.map(({ name }) => ({ repository: name, files: undefined })),
  ];
}

async function schedulesOf(client: GitHubOrganisation, candidate: Candidate, leaver: Leaver): Promise<Read> {
  const place = { organisation: client.name, repository: candidate.repository };
  const lists = await Promise.all(leaver.github.map(({ login }) => client.listScheduledRuns(place, login)));
  const ran = new Set(lists.flatMap(({ items }) => items.map(({ workflowId }) => workflowId)));
  const checked = await Promise.all([...ran].map((id) => scheduleOf(client, candidate, id, leaver)));
  const listFailures = lists.flatMap(({ failure }) => failure ?? []);
  return {
    findings: checked.flatMap(({ findings }) => findings),
    failures: [...listFailures, ...checked.flatMap(({ failures }) => failures)],
  };
}

/** Runs of the past prove nothing: the actor of the latest one is whom the schedule runs as now. */
async function scheduleOf(
  client: GitHubOrganisation,
  { repository, files }: Candidate,
  workflowId: number,
  leaver: Leaver,
): Promise<Read> {
  const { name: organisation } = client;
  const place = { organisation, repository };
  const latest = await client.latestScheduledRun(place, workflowId);
  if (!latest.ok) return { findings: [], failures: [latest.failure] };
  const run = latest.value;
  const actor = run?.actor;
  const account = leaver.github.find(({ id }) => id === actor?.id);
  if (run === undefined || !actor || account === undefined) return NOTHING;
  // GitHub may write the ref behind the path: `.github/workflows/nightly.yml@main`.
  const path = run.path.replace(/@.*$/, '');
  const file = files?.find((each) => each.path === path);
  // Read, and without a schedule by now: what ran in the past does not run again.
  if (files !== undefined && file === undefined) return NOTHING;
  const workflow = await client.getWorkflow(place, workflowId);
  if (!workflow.ok) {
    return workflow.failure.kind === 'not-found' ? NOTHING : { findings: [], failures: [workflow.failure] };
  }
  if (workflow.value.state !== 'active') return NOTHING;
  const crons = file?.triggers.kind === 'scheduled' ? file.triggers.crons : [];
  const schedule = { organisation, repository, workflowId, path, crons, actor, lastRunAt: run.createdAt };
  return { findings: [permitted(scheduleFinding(schedule, client.apiEndpoint), account)], failures: [] };
}

const NOTHING: Read = { findings: [], failures: [] };
