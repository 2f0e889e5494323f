import type { Sayer, ToldRun } from './kept.ts';
import type { MachineReport, MachineVendor } from './report.ts';

/**
 * That a sender told of a machine, without what it told: what a gap asks. Whether the sender is bound to that machine is
 * another matter (`boundTo`).
 */
export interface Telling {
  /** Where the app keeps it. */
  readonly keys: { readonly partitionKey: string; readonly rowKey: string };
  readonly vendor: MachineVendor;
  readonly sayer: Sayer;
  readonly reportedAt: string;
  readonly about: Pick<MachineReport['machine'], 'name' | 'registeredAt' | 'pool' | 'ephemeral'>;
  /** Of a repository: its newest runs that told of the machine. */
  readonly runs: readonly ToldRun[];
  /** What GitHub answered of them. */
  readonly answers: readonly RunAnswer[];
}

/** What GitHub said of the jobs of a run, as far as they ran on a runner of the name that was told. */
export interface RunAnswer {
  /** `keyOfRun`. */
  readonly run: string;
  readonly askedAt: string;
  /** Those runners. */
  readonly on: readonly { readonly id: number; readonly group?: number }[];
  /** `gone`: GitHub does not show the run. `over`: nothing of it changes any more. */
  readonly state: 'over' | 'under-way' | 'gone';
}

const HOUR_MS = 3_600_000;

/** Whether asking GitHub once more would say nothing else: where a job ran is a fact, and so is a run that is over. */
export function isAnswered({ state, on, askedAt }: RunAnswer, now: Date): boolean {
  return state === 'over' || on.length > 0 || now.getTime() - Date.parse(askedAt) < HOUR_MS;
}

/** A job of a run, as GitHub lists it. */
export interface RanJob {
  readonly status: string;
  readonly runnerId?: number;
  readonly runnerName?: string;
  readonly runnerGroupId?: number;
  readonly checkRunId?: string;
}

/** What the jobs of an attempt say of a machine by its name, and of the one job that told where its token says which. */
export function answerOfJobs(
  run: Pick<ToldRun, 'checkRunId'> & { readonly key: string },
  jobs: readonly RanJob[],
  name: string,
  at: Date,
): RunAnswer {
  const meant = run.checkRunId === undefined ? jobs : jobs.filter(({ checkRunId }) => checkRunId === run.checkRunId);
  const on = meant.flatMap(({ runnerId, runnerName, runnerGroupId: group }) =>
    runnerId === undefined || runnerName?.toLowerCase() !== name.toLowerCase()
      ? []
      : [{ id: runnerId, ...(group === undefined ? {} : { group }) }],
  );
  const isOver = jobs.length > 0 && jobs.every(({ status }) => status === 'completed');
  const unique = [...new Map(on.map((each) => [`${each.id} ${each.group}`, each])).values()].slice(0, MOST_RUNNERS);
  return { run: run.key, askedAt: at.toISOString(), on: unique, state: isOver ? 'over' : 'under-way' };
}

/** Runners of one name that jobs of one run had; more than one is odd already. */
const MOST_RUNNERS = 20;
