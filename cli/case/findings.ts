import { answerOf, type Client, type Schemas } from '../calling/client.ts';
import type { Column } from '../terminal/table.ts';

export type Finding = Schemas['Finding'];

/** The findings of the newest report, with the hash of the plan that a decision about them names. */
export interface Findings {
  readonly revision: number;
  readonly planHash?: string;
  readonly findings: readonly Finding[];
}

export function findingsOf(api: Client, id: string): Promise<Findings> {
  return answerOf(api.GET('/api/cases/{id}/findings', { params: { path: { id } } }));
}

/** What somebody can approve or reject. */
export function waiting({ findings }: Findings): Finding[] {
  return findings.filter(({ status, remedy }) => status === 'awaiting-decision' && remedy !== undefined);
}

/** What the report says of a remedy: the contract leaves it open, because calls differ by their kind. */
export function remedyOf({ remedy }: Finding): {
  readonly what: string;
  readonly undo: string;
  readonly stops: readonly string[];
} {
  const { what, undo, impact } = remedy ?? {};
  const sentence = (text: unknown): string => (typeof text === 'string' ? text : 'see the report');
  const stops = Array.isArray(impact) ? impact.flatMap((each: { what?: unknown }) => sentence(each.what)) : [];
  return { what: sentence(what), undo: sentence(undo), stops };
}

export const FINDING_COLUMNS: readonly Column<Finding>[] = [
  { head: 'FINDING', room: 'whole', cell: ({ id }) => id },
  { head: 'SEVERITY', cell: ({ severity }) => severity },
  { head: 'STATUS', room: 'whole', cell: ({ status }) => status },
  { head: 'STEP', room: 'spare', cell: ({ step }) => step },
  { head: 'TITLE', cell: ({ title }) => title },
];
