import type { Coverage } from '../../../../src/cases/coverage/coverage.ts';
import { coverageOf } from '../../../../src/cases/coverage/coverage-of.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import { REPOSITORY_SOURCES } from '../facts/repository-sources.ts';

/** The lines of an organisation whose repositories could not be read at all. */
export function unreadRepositories(organisation: string, failures: readonly VendorFailure[]): Coverage[] {
  return REPOSITORY_SOURCES.map(({ what, unit }) =>
    coverageOf(`github/${what}:${organisation}`, { count: 0, unit }, failures),
  );
}
