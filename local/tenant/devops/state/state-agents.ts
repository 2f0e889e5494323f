import type { IdentityRef } from './state-people.ts';

export interface Pool {
  readonly id: number;
  readonly name: string;
  readonly isHosted: boolean;
  /** A list of pools has those of one kind only; `automation` unless something else is said. */
  readonly kind?: 'automation' | 'deployment' | 'environment';
  /** How many agents it says to have, where its list of them lacks some. */
  readonly size?: number;
}

export interface Agent {
  readonly id: number;
  readonly poolId: number;
  readonly name: string;
  readonly version: string;
  readonly osDescription: string;
  enabled: boolean;
  status: 'online' | 'offline';
  readonly createdOn: string;
  readonly statusChangedOn: string;
  /** The agent's environment as it was at its last start, in clear. */
  readonly systemCapabilities: Readonly<Record<string, string>>;
  readonly userCapabilities?: Readonly<Record<string, string>>;
  /** What it works on; disabled or not, it goes on with that. */
  job?: AgentJob;
}

/** One job of a run, on an agent. */
export interface AgentJob {
  /** `Release`: of a classic release, which cancelling builds does not reach. */
  readonly planType: 'Build' | 'Release';
  readonly projectId: string;
  readonly runId: number;
  readonly run: string;
  readonly pipeline: string;
  readonly requestedFor: IdentityRef;
  /** The machine does not heed that its job is cancelled. */
  readonly deaf?: boolean;
  cancelling?: boolean;
}

/** A machine of an environment; its agent is in the environment's pool, which no list of pools has. */
export interface Environment {
  readonly id: number;
  readonly projectId: string;
  readonly name: string;
  readonly poolId: number;
}

export interface Machine {
  readonly id: number;
  readonly environmentId: number;
  readonly name: string;
  readonly agentId: number;
}
