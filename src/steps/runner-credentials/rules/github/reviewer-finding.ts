import type { Finding } from '../../../../cases/finding.ts';
import { findingId } from '../../../../cases/stable-id.ts';
import type { ReviewedEnvironment } from '../../../../connectors/github/actions/environment-reviewers.ts';
import type { Leaver } from '../../../../people/leaver.ts';
import { permitted } from '../../../permitted.ts';
import { webUrl } from './web-url.ts';

const KIND = 'environment-reviewer';

/**
 * The finding of an environment whose deployments the leaver may approve; undefined for any other. It opens nothing: it
 * ends with what the account may do in the repository, and says who has to be named instead.
 */
export function reviewerFinding(
  { environment, reviewers }: Readonly<ReviewedEnvironment>,
  { organisation, repository }: { readonly organisation: string; readonly repository: string },
  { github }: Pick<Leaver, 'github'>,
  apiEndpoint: string,
): Finding | undefined {
  const account = github.find(({ id }) => reviewers.includes(id));
  if (account === undefined) return undefined;
  const where = `${organisation}/${repository}`;
  const key = `${where}/environments/${environment}`;
  const others = reviewers.length - 1;
  const waits = others === 0 ? 'No other person is named, so that deployments wait: name one.' : 'Name another one.';
  const finding: Finding = {
    id: findingId('runner-credentials', KIND, key),
    step: 'runner-credentials',
    kind: KIND,
    title: `${account.login} may approve deployments to ${environment} of ${where}`,
    resource: {
      system: 'github',
      type: 'environment',
      id: key,
      name: environment,
      url: webUrl(apiEndpoint, `/${where}/settings/environments`),
    },
    severity: 'info',
    status: 'nothing-to-do',
    reason: `A reviewer approves nothing once the account has no access to the repository. ${waits}`,
    evidence: { login: account.login, otherReviewers: others },
  };
  return permitted(finding, account);
}
