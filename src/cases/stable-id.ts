import { createHash } from 'node:crypto';
import type { FindingId, RemedyId } from './ids.ts';

/** The same access found twice has the same id: twelve hex digits over step, kind and the vendor's own id. */
export function findingId(step: string, kind: string, resourceId: string): FindingId {
  return `F-${digest(step, kind, resourceId)}` as FindingId;
}

export function remedyIdOf(finding: FindingId): RemedyId {
  return finding.replace(/^F-/, 'R-') as RemedyId;
}

function digest(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 12);
}
