import type { Coverage } from '../../../../src/cases/coverage/coverage.ts';
import type { Listing } from '../../../../src/connectors/listing.ts';

/** Whether GitHub says that there is no such log, of which nothing was read. */
export function isWithoutLog({ items, failure }: Listing<unknown>): boolean {
  return failure?.kind === 'not-found' && items.length === 0;
}

/**
 * The line of what is in an audit log that GitHub says is not there. Its answer is the same whether the organisation's
 * plan has no log or the log is kept from the App, so that nobody read the source; a firm on another plan exempts it.
 * Source: docs.github.com/rest/orgs/orgs, "Get the audit log for an organization"
 */
export function noLogCoverage(source: string, unit: string, organisation: string): Coverage {
  const detail =
    `GitHub answers that ${organisation} has no audit log, which organisations of GitHub Enterprise Cloud alone have. ` +
    'If it is one of them, look into its log by hand; if it is not, exempt this source.';
  return { source, state: 'not-examined', why: 'not-configured', looked: { count: 0, unit }, detail };
}
