import type { Coverage } from '../../../src/cases/coverage.ts';
import { coverageOf } from '../../../src/cases/coverage-of.ts';
import type { VendorFailure } from '../../../src/connectors/result.ts';

/** What is read of each repository, and what is counted there. */
const SOURCES = [
  ['workflow-files', 'repositories'],
  ['ci-files', 'repositories'],
  ['workflow-uses', 'repositories'],
  ['repository-variables', 'repositories'],
  ['environment-variables', 'environments'],
  ['repository-runners', 'repositories'],
  ['schedules', 'repositories with a schedule'],
] as const;

/** The lines of an organisation whose repositories could not be read at all. */
export function unreadRepositories(organisation: string, failures: readonly VendorFailure[]): Coverage[] {
  return SOURCES.map(([what, unit]) => coverageOf(`github/${what}:${organisation}`, { count: 0, unit }, failures));
}
