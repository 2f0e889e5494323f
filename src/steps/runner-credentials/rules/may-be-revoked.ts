import type { Finding } from '../../../cases/finding.ts';
import { isDevOpsToken } from './azure-devops/devops-token.ts';

/**
 * Tokens of Azure DevOps that may be the leaver's, wherever they stand: nothing tells which of the leaver's tokens one
 * of them is, but where all of those have ended it has too. The service keeps no part of a token that could be compared.
 */
export function mayBeRevoked(findings: readonly Finding[]): readonly Finding[] {
  const credentials = findings.filter(({ kind }) => kind === 'devops-token').map(({ id }) => id);
  if (credentials.length === 0) return findings;
  return findings.map((finding) => {
    const { owner } = finding.evidence;
    const theirs = owner === 'leaver' || owner === 'likely' || owner === 'unknown';
    if (!theirs || finding.restsOn !== undefined || !isDevOpsToken(finding)) return finding;
    return { ...finding, restsOn: { credentials: [...new Set(credentials)], proved: false } };
  });
}
