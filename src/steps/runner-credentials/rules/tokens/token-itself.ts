import type { ReportFinding } from '../../../../cases/finding.ts';
import type { Life } from '../../../define-step.ts';

/** One token ends once, in however many places it stands. */
export function tokenItself({ evidence: { sha256 } }: ReportFinding): Life | undefined {
  return typeof sha256 === 'string' ? { key: sha256 } : undefined;
}
