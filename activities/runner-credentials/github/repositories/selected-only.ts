import type { Coverage } from '../../../../src/cases/coverage/coverage.ts';
import type { GitHubInstallation } from '../../../../src/connectors/github/call/client.ts';
import type { VendorResult } from '../../../../src/connectors/result.ts';

/** The line of the repositories, which cannot be whole where the App sees only those that an owner selected. */
export function seenBy(installation: VendorResult<GitHubInstallation>, line: Coverage): Coverage {
  if (line.state !== 'complete' || !installation.ok || installation.value.repositorySelection === 'all') return line;
  return {
    ...line,
    state: 'partial',
    detail:
      'The GitHub App is installed on selected repositories; the others are invisible to it. An owner lets it see all ' +
      'of them in the organisation’s settings, under GitHub Apps.',
    missingPermission: 'installation on all repositories',
  };
}
