import type { RunJob } from '../../../src/connectors/github/actions/runs.ts';
import { mapBounded } from '../../../src/connectors/map-bounded.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { ActivityContext } from '../../../src/durable/activity.ts';
import { keyOfRun, repositoryOf } from '../../../src/machines/keep.ts';
import type { ToldRun } from '../../../src/machines/kept.ts';
import { answerOfJobs, isAnswered, type RunAnswer, type Telling } from '../../../src/machines/telling.ts';
import { type Recent, runsToAsk } from '../../../src/steps/runner-credentials/rules/machines/bound-to.ts';
import type { ListedAt } from '../../../src/steps/runner-credentials/rules/machines/listed-machine.ts';

/** Runs that are asked about for one line: each costs a call. Those beyond it are asked with the next case. */
const MOST = 50;
const IN_FLIGHT = 4;

type Context = Pick<ActivityContext, 'vendors' | 'settings'>;
/** What GitHub says of the jobs of an attempt; `gone` where it does not show the run. */
type JobsOfRun = { readonly jobs: readonly RunJob[] } | { readonly gone: true } | { readonly failure: VendorFailure };

interface Asked {
  readonly tellings: readonly Telling[];
  readonly failures: readonly VendorFailure[];
  /** Why some run was not asked about. */
  readonly unasked?: string;
}

/**
 * Asks GitHub on which runners the runs ran that told of machines, as far as that is not known yet, and keeps the answers
 * beside what was told: of a run that is over nothing changes. What was not answered is asked with the next case.
 */
export async function askRuns(
  at: ListedAt,
  tellings: readonly Telling[],
  recent: Recent,
  context: Context,
): Promise<Asked> {
  const { now } = recent;
  const open = runsToAsk(at, tellings, recent).filter(
    ({ telling, run }) => !telling.answers.some((each) => each.run === keyOfRun(run) && isAnswered(each, now)),
  );
  if (open.length === 0) return { tellings, failures: [] };
  const byRun = [...Map.groupBy(open, addressOf).values()].toSorted((a, b) => newest(b) - newest(a));
  const read = await mapBounded(byRun.slice(0, MOST), IN_FLIGHT, async (same) => {
    const [first] = same;
    return { same, answer: first && (await jobsOf(first, context)) };
  });
  const failures: VendorFailure[] = [];
  const answers = new Map<Telling, RunAnswer[]>();
  for (const { same, answer } of read) {
    if (answer === undefined) continue;
    if ('failure' in answer) {
      failures.push(answer.failure);
      continue;
    }
    for (const { telling, run } of same)
      answers.set(telling, [...(answers.get(telling) ?? []), kept(run, answer, telling.about.name, now)]);
  }
  const all = await mapBounded(tellings, IN_FLIGHT, (telling) => noted(telling, answers.get(telling), context));
  const more = byRun.length - MOST;
  const unasked = failures[0]?.message ?? (more > 0 ? `${more} runs are left for the next case` : undefined);
  return { tellings: all, failures, ...(unasked === undefined ? {} : { unasked }) };
}

type Open = ReturnType<typeof runsToAsk>[number];

/** Machines of one matrix are told of by one run, which is asked about once. */
function addressOf({ telling: { sayer }, run: { runId, attempt } }: Open): string {
  return sayer.kind === 'github-job' ? `${sayer.owner}/${sayer.repository}/${runId}/${attempt}`.toLowerCase() : '';
}

function newest(same: readonly Open[]): number {
  return Math.max(...same.map(({ run }) => Date.parse(run.at)));
}

async function jobsOf(
  { telling: { sayer }, run }: Open,
  { vendors, settings }: Context,
): Promise<JobsOfRun | undefined> {
  if (sayer.kind !== 'github-job') return undefined;
  const owner = settings.GITHUB_ORGANISATIONS.find((each) => each.toLowerCase() === sayer.owner.toLowerCase());
  if (owner === undefined) return undefined;
  const connected = await vendors.github.organisation('reader', owner);
  if (!connected.ok) return { failure: connected.failure };
  const place = { organisation: owner, repository: repositoryOf(sayer) };
  const { items, failure } = await connected.value.jobsOfAttempt(place, run);
  if (failure?.kind === 'not-found') return { gone: true };
  return failure === undefined ? { jobs: items } : { failure };
}

function kept(
  run: ToldRun,
  answer: Exclude<JobsOfRun, { readonly failure: VendorFailure }>,
  name: string,
  now: Date,
): RunAnswer {
  const key = keyOfRun(run);
  if ('gone' in answer) return { run: key, askedAt: now.toISOString(), on: [], state: 'gone' };
  return answerOfJobs({ ...run, key }, answer.jobs, name, now);
}

/** With what was answered now; what was answered of runs that are not kept any more goes. */
async function noted(telling: Telling, news: readonly RunAnswer[] = [], { vendors }: Context): Promise<Telling> {
  if (news.length === 0) return telling;
  const runs = new Set(telling.runs.map(keyOfRun));
  const before = telling.answers.filter(({ run }) => runs.has(run) && !news.some((each) => each.run === run));
  const answers = [...news, ...before];
  await vendors.storage.noteAnswers(telling.keys, answers);
  return { ...telling, answers };
}
