import type { InDevOps, Owner } from '../firm.ts';
import type { Base } from './directory.ts';
import type { Held } from './held.ts';

export interface Agent extends Base, InDevOps {
  readonly kind: 'agent';
  readonly id: number;
  readonly name: string;
  readonly capabilities: Readonly<Record<string, string>>;
  readonly owner: Owner;
  readonly signs: 'account' | 'name' | 'nothing';
  readonly holds?: readonly Held[];
}

export interface DevOpsToken extends Base, InDevOps {
  readonly kind: 'devops-token';
  readonly person: string;
  /** Makes its authorization id. */
  readonly id: number;
  readonly name: string;
  readonly scope: string;
  readonly ssh?: boolean;
  readonly expired?: boolean;
}

export interface Pipeline extends Base, InDevOps {
  readonly kind: 'pipeline';
  readonly id: number;
  readonly name: string;
  readonly author: string;
  readonly variables: readonly (Held | { readonly name: string; readonly text: string })[];
}

/** Whether a pipeline is a classic release; which of them are is no chance of its own, so that firms stay what they were. */
export const isClassic = ({ id }: Pipeline): boolean => id % 3 === 0;

/** Whether an agent is a machine of an environment, whose pool no list of pools has. */
export const isMachine = ({ id }: Agent): boolean => id % 4 === 0;

export interface VariableGroup extends Base, InDevOps {
  readonly kind: 'variable-group';
  readonly id: number;
  readonly name: string;
  readonly createdBy: string;
  readonly modifiedBy: string;
  readonly variables: readonly (Held | { readonly name: string; readonly text: string })[];
}
