import type { Leaver } from '../people/leaver.ts';
import type { Oid } from '../people/oid.ts';
import type { CaseId } from './ids.ts';
import type { CasePolicy } from './policy.ts';

/** What made somebody ask for an offboarding. */
export const WAYS_IN = ['entra-event', 'hr-queue', 'api', 'sweep'] as const;
export type WayIn = (typeof WAYS_IN)[number];

/** The ways in that no person looked at. In which mode each opens cases is a setting (`automaticMode`). */
export type AutomaticWay = Exclude<WayIn, 'api'>;
export const AUTOMATIC_WAYS: readonly AutomaticWay[] = WAYS_IN.filter((way) => way !== 'api');

/** `plan` reads and reports; `apply` cuts as well. */
export const CASE_MODES = ['plan', 'apply'] as const;
export type CaseMode = (typeof CASE_MODES)[number];

/** Any trigger produces one of these; intake turns it into a case, merges it, or refuses it. */
export interface OffboardingRequest {
  readonly oid: Oid;
  readonly way: WayIn;
  /** One sentence for the report: why this case was opened. */
  readonly reason: string;
  /** Who asked: an oid, `entra`, `hr`, `sweep`. */
  readonly requestedBy: string;
  /** ISO instant of the request (the event's own time where it has one). */
  readonly requestedAt: string;
  readonly mode: CaseMode;
  /** The trigger's own id of this request; a repeat is recognised by it. */
  readonly dedupeKey?: string;
}

/** Life of a case row. `filed` and `refused` are final. */
export const CASE_STATES = ['open', 'running', 'filed', 'refused', 'failed'] as const;
export type CaseState = (typeof CASE_STATES)[number];

export interface CaseRow extends OffboardingRequest {
  readonly caseId: CaseId;
  readonly n: number;
  readonly state: CaseState;
  readonly instanceId: string;
  /** ISO instant. */
  readonly openedAt: string;
  readonly filedAt?: string;
  readonly outcome?: string;
  /** Blob name of report.json in the evidence container. */
  readonly report?: string;
  /** Why the case was refused: a protected account. */
  readonly refusal?: string;
  /** Further requests for the same person that were merged into this case. */
  readonly merged: readonly {
    readonly way: WayIn;
    readonly requestedBy: string;
    readonly requestedAt: string;
    readonly reason: string;
    readonly dedupeKey?: string;
  }[];
  /** Why an open case was not started: the mass-deletion brake. An operator's POST for the person starts it. */
  readonly held?: string;
  /** ISO instant of the soft deletion this case is about; a later one opens the next case. */
  readonly deletedAt?: string;
}

export function instanceIdOf(caseId: CaseId): string {
  return `case-${caseId}`;
}

/** The input of the orchestration `offboardLeaver`: everything that must not change while a case runs. */
export interface OffboardLeaverInput {
  readonly caseId: CaseId;
  readonly row: CaseRow;
  /** The person as intake read them; accounts elsewhere are resolved later, so `github` and `devops` are empty. */
  readonly person: Leaver;
  readonly policy: CasePolicy;
}
