import type { Finding } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import type { InstalledApp } from '../../../../connectors/github/installed-apps.ts';
import type { GitHubAccount } from '../../../../people/leaver.ts';
import { permitted } from '../../../permitted.ts';
import { webUrl } from './web-url.ts';

/** A GitHub App on the organisation that belongs to the leaver's own account, and with it the keys that act as it. */
export function installedAppFinding(
  { installationId, slug, permissions, suspended }: InstalledApp,
  organisation: string,
  apiEndpoint: string,
  account: GitHubAccount,
): Finding {
  const kind = 'app-of-leaver';
  const key = `${organisation}/installations/${installationId}`;
  return permitted(
    {
      id: findingId('runner-credentials', kind, key),
      step: 'runner-credentials',
      kind,
      title: `The GitHub App ${slug} on ${organisation} belongs to ${account.login}`,
      resource: {
        system: 'github',
        type: 'app-installation',
        id: key,
        name: slug,
        url: webUrl(apiEndpoint, `/organizations/${organisation}/settings/installations/${installationId}`),
      },
      severity: suspended ? 'low' : permissions.some((each) => /=(?:write|admin)$/.test(each)) ? 'critical' : 'high',
      status: 'manual-action',
      reason: suspended
        ? 'It is suspended: it opens nothing until an owner lifts that. Uninstall it, or have it transferred to the firm.'
        : 'Whoever owns an App makes its keys, which open what the organisation granted it for as long as it is installed. ' +
          'Only an owner of the organisation can suspend or uninstall it, by the link; tokens that it has end within the ' +
          'hour. If something rests on it, have it transferred to the firm, and make new keys.',
      evidence: { login: account.login, permissions: [...permissions], suspended },
    },
    account,
  );
}
