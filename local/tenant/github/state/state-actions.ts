import { type Collection, collection } from '../../core/collection.ts';

/** A secret of Actions: a name. Its value is written and never read, so that there is none here. */
export interface Secret {
  readonly name: string;
}

export interface Variable {
  readonly name: string;
  value: string;
}

export interface Runner {
  readonly id: number;
  readonly name: string;
  readonly os: string;
  status: 'online' | 'offline';
  busy: boolean;
  readonly labels: readonly string[];
}

/** A group of runners; of one that the enterprise shares, GitHub may keep the runners to itself. */
export interface RunnerGroup {
  readonly id: number;
  readonly name: string;
  readonly inherited: boolean;
  readonly runners: readonly Runner[];
}

export interface Environment {
  readonly id: number;
  readonly name: string;
  /** Accounts of whom one has to approve what is deployed there. */
  readonly reviewers?: readonly number[];
  /** Which branches may deploy there: protected ones, or those of these names; any where it is absent. */
  branchPolicy?: 'protected' | readonly string[];
  readonly variables: Collection<Variable>;
  readonly secrets: Collection<Secret>;
}

export interface Workflow {
  readonly id: number;
  readonly path: string;
  readonly name: string;
  state: 'active' | 'disabled_manually' | 'disabled_inactivity';
}

export interface Run {
  readonly id: number;
  readonly workflowId: number;
  readonly actorId: number;
  readonly event: 'schedule' | 'push' | 'workflow_dispatch';
  /** Completed where it is not set. */
  status?: 'queued' | 'in_progress' | 'completed';
  /** Of all its attempts. */
  readonly jobs?: readonly RunJob[];
  /** How often it ran; once where it is not set. */
  attempt?: number;
  readonly createdAt: Date;
  /** The commit that it ran; absent for today's. */
  readonly headSha?: string;
}

/** A job of a run, on one runner. */
export interface RunJob {
  readonly id: number;
  readonly name: string;
  /** 0 until one has taken it. */
  readonly runnerId: number;
  /** As it was called when it ran; else that of the runner today. */
  readonly runnerName?: string;
  /** The first where it is not set. */
  readonly attempt?: number;
  status: 'queued' | 'in_progress' | 'completed';
}

export function makeEnvironment(name: string, id: number): Environment {
  return { id, name, variables: variables(), secrets: secrets() };
}

/** Secrets by name, whatever the case. */
export function secrets(): Collection<Secret> {
  return collection<Secret>(({ name }) => name);
}

/** Variables by name, whatever the case. */
export function variables(): Collection<Variable> {
  return collection<Variable>(({ name }) => name);
}
