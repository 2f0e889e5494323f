import type { Finding } from '../../../../../cases/finding.ts';
import { findingId } from '../../../../../cases/stable-id.ts';
import type { TokenRequest } from '../../../../../connectors/github/credentials/token-requests.ts';
import type { GitHubAccount } from '../../../../../people/leaver.ts';
import { remedyOf } from '../../../../define-remedy.ts';
import { permitted } from '../../../../permitted.ts';
import { denyTokenRequest } from '../../../remedies/github/deny-token-request.ts';
import { webUrl } from '../web-url.ts';

/** A fine-grained token of the leaver that waits for somebody to let it in. */
export function tokenRequestFinding(
  request: TokenRequest,
  organisation: string,
  apiEndpoint: string,
  account: GitHubAccount,
): Finding {
  const kind = 'token-request';
  const key = `${organisation}/personal-access-token-requests/${request.id}`;
  const id = findingId('runner-credentials', kind, key);
  const { login } = request.owner;
  const finding: Finding = {
    id,
    step: 'runner-credentials',
    kind,
    title: `${login}’s fine-grained token “${request.name}” waits for access to ${organisation}`,
    resource: {
      system: 'github',
      type: 'token-request',
      id: key,
      name: request.name,
      url: webUrl(apiEndpoint, `/organizations/${organisation}/settings/personal-access-token-requests`),
    },
    severity: 'medium',
    status: 'planned',
    reason: 'It opens nothing yet. Whoever approves it lets in somebody who has left.',
    evidence: {
      login,
      repositories: request.repositories,
      requestedAt: request.createdAt,
      expiresAt: request.expiresAt,
    },
    remedy: remedyOf(
      denyTokenRequest,
      id,
      {
        kind: 'deny-token-request',
        organisation,
        requestId: request.id,
        login,
        expected: { ownerId: request.owner.id },
      },
      { token: request.name },
    ),
  };
  return permitted(finding, account);
}
