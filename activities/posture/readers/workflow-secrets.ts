import type { VendorFailure } from '../../../src/connectors/result.ts';
import type { WorkflowSecretUse } from '../../../src/posture/readings/workflow-secrets.ts';
import { secretLines } from '../../../src/posture/workflow-secrets.ts';
import { webUrl } from '../../../src/steps/runner-credentials/rules/github/web-url.ts';
import { readWorkflowTexts } from '../../runner-credentials/github/read-workflow-texts.ts';
import type { Reader, ReadFault } from '../reader.ts';

/** Where workflows of each organisation sign in to Azure with a stored secret; texts stay in memory. */
export const readWorkflowSecrets: Reader = async ({ vendors, settings }) => {
  const read = await Promise.all(settings.GITHUB_ORGANISATIONS.map((which) => usesIn(vendors, which)));
  return {
    facts: { uses: read.flatMap(({ uses }) => uses) },
    failures: read.flatMap(({ failures }) => failures),
    gaps: settings.GITHUB_ORGANISATIONS.map((organisation) => ({
      reason: 'not-configured',
      detail: `No GitHub App that may read the names of secrets is configured: which ones ${organisation} keeps that no workflow of a default branch uses is not known.`,
    })),
  };
};

type Uses = { readonly uses: readonly WorkflowSecretUse[]; readonly failures: readonly ReadFault[] };

async function usesIn({ github }: Parameters<Reader>[0]['vendors'], organisation: string): Promise<Uses> {
  const connected = await github.organisation('reader', organisation);
  if (!connected.ok) return { uses: [], failures: [{ which: organisation, failure: connected.failure }] };
  const client = connected.value;
  const [{ items, failure }, installation] = await Promise.all([
    client.listOrganisationRepositories(),
    client.refreshed(),
  ]);
  // Nothing of an archived repository runs.
  const repositories = items.filter(({ archived }) => !archived);
  const contents = await client.readRepositoryContents(repositories.map(({ nodeId }) => nodeId));
  const { texts, failures } = await readWorkflowTexts(client, repositories, contents);
  const seen: VendorFailure | undefined = !installation.ok
    ? installation.failure
    : installation.value.repositorySelection === 'all'
      ? undefined
      : selectedOnly(organisation);
  return {
    uses: texts.flatMap(({ repository, path, text }) =>
      secretLines(text).map((line) => ({
        ...{ organisation, repository: repository.name, path },
        ...line,
        page: webUrl(client.apiEndpoint, `/${organisation}/${repository.name}/blob/HEAD/${path}#L${line.line}`),
      })),
    ),
    failures: [
      ...[failure, seen].flatMap((each) => (each === undefined ? [] : [{ which: organisation, failure: each }])),
      ...failures.map(({ repository, failure: each }) => ({
        which: `${organisation}/${repository.name}`,
        failure: each,
      })),
    ],
  };
}

function selectedOnly(organisation: string): VendorFailure {
  const message = `The GitHub App is installed on selected repositories of ${organisation}; the others are invisible to it.`;
  return { kind: 'denied', status: 200, missingPermission: 'installation on all repositories', message };
}
