import type { AssessedOrganisation } from '../../../../src/connectors/assessor/github.ts';
import type { VendorFailure } from '../../../../src/connectors/result.ts';
import type { StoredSecret, WorkflowSecretUse } from '../../../../src/posture/readings/pipelines/workflow-secrets.ts';
import { isTelling, secretLines, secretMentions } from '../../../../src/posture/secrets/workflow-secrets.ts';
import { webUrl } from '../../../../src/steps/runner-credentials/rules/github/web-url.ts';
import { readWorkflowTexts } from '../../../runner-credentials/github/repositories/read-workflow-texts.ts';
import type { Reader, ReadFault } from '../../reader.ts';
import { readSecretNames } from './secret-names.ts';

type Vendors = Parameters<Reader>[0]['vendors'];
type GitHub = NonNullable<Vendors['assessor']['github']>;

interface Found {
  readonly uses: readonly WorkflowSecretUse[];
  readonly stored: readonly StoredSecret[];
  readonly names: number;
  readonly failures: readonly ReadFault[];
}

/**
 * Where workflows of each organisation sign in to Azure with a stored secret, and which secrets are stored, by their
 * names. Texts stay in memory.
 */
export const readWorkflowSecrets: Reader = async ({ vendors, settings }) => {
  const { github } = vendors.assessor;
  // A firm may have one of the two; one that has neither runs its pipelines where nobody looked.
  if (settings.GITHUB_ORGANISATIONS.length + settings.DEVOPS_ORGANISATIONS.length === 0) {
    const detail =
      'Neither GITHUB_ORGANISATIONS nor DEVOPS_ORGANISATIONS names an organisation: no pipeline was looked at.';
    return { facts: { uses: [], stored: [], names: 0 }, failures: [], gaps: [{ reason: 'not-configured', detail }] };
  }
  if (github === undefined) {
    const gaps = settings.GITHUB_ORGANISATIONS.map(notConfigured);
    return { facts: { uses: [], stored: [], names: 0 }, failures: [], gaps };
  }
  const read = await Promise.all(settings.GITHUB_ORGANISATIONS.map((which) => secretsIn(github, which)));
  return {
    facts: {
      uses: read.flatMap(({ uses }) => uses),
      stored: read.flatMap(({ stored }) => stored),
      names: read.reduce((sum, { names }) => sum + names, 0),
    },
    failures: read.flatMap(({ failures }) => failures),
  };
};

/** What is said of an organisation of GitHub for as long as no App may read it for the checklist. */
export function notConfigured(organisation: string) {
  const detail = `No GitHub App that only reads is configured (ASSESSOR_GITHUB_APP_ID): ${organisation} was not read.`;
  return { reason: 'not-configured', detail } as const;
}

async function secretsIn(github: GitHub, organisation: string): Promise<Found> {
  const connected = await github.organisation(organisation);
  if (!connected.ok) {
    return { uses: [], stored: [], names: 0, failures: [{ which: organisation, failure: connected.failure }] };
  }
  const client = connected.value;
  const [{ items, failure }, seen] = await Promise.all([client.listOrganisationRepositories(), whatIsUnseen(client)]);
  // Nothing of an archived repository runs.
  const repositories = items.filter(({ archived }) => !archived);
  const contents = await client.readRepositoryContents(repositories.map(({ nodeId }) => nodeId));
  const { texts, failures } = await readWorkflowTexts(client, repositories, contents);
  const secrets = await readSecretNames(client, repositories, contents);
  const page = (path: string): string => webUrl(client.apiEndpoint, path);
  const uses = texts.flatMap(({ repository, path, text }) =>
    secretLines(text).map((line) => ({
      ...{ organisation, repository: repository.name, path },
      ...line,
      page: page(`/${organisation}/${repository.name}/blob/HEAD/${path}#L${line.line}`),
    })),
  );
  const mentions = new Map(
    texts.flatMap(({ repository, path, text }) =>
      secretMentions(text).flatMap(({ line, secret }) => {
        const where = `${organisation}/${repository.name}/${path}:${line}`;
        return [
          [`${repository.name} ${secret}`, where],
          // Every repository may name one of the organisation.
          [secret, where],
        ] as const;
      }),
    ),
  );
  const signingIn = new Set(uses.map(({ secret = '' }) => secret.toUpperCase()));
  return {
    uses,
    names: secrets.names.length,
    stored: secrets.names.flatMap(({ scope, name }): StoredSecret[] => {
      const telling = isTelling(name);
      if (!telling && !signingIn.has(name.toUpperCase())) return [];
      const { repository, environment } = scope;
      const named = mentions.get(`${repository === undefined ? '' : `${repository} `}${name.toUpperCase()}`);
      return [
        {
          ...{ organisation, name, telling, page: page(settingsPath(organisation, repository, environment)) },
          ...(repository === undefined ? {} : { repository }),
          ...(environment === undefined ? {} : { environment }),
          ...(named === undefined ? {} : { named }),
        },
      ];
    }),
    failures: [
      ...[failure, seen].flatMap((each) => (each === undefined ? [] : [{ which: organisation, failure: each }])),
      ...failures.map(({ repository, failure: each }) => ({
        which: `${organisation}/${repository.name}`,
        failure: each,
      })),
      ...secrets.failures,
    ],
  };
}

/** Addresses of GitHub’s settings. Not verified: no page documents them. */
function settingsPath(organisation: string, repository: string | undefined, environment: string | undefined): string {
  if (repository === undefined) return `/organizations/${organisation}/settings/secrets/actions`;
  return `/${organisation}/${repository}/settings/${environment === undefined ? 'secrets/actions' : 'environments'}`;
}

async function whatIsUnseen(client: AssessedOrganisation): Promise<VendorFailure | undefined> {
  const installation = await client.refreshed();
  if (!installation.ok) return installation.failure;
  if (installation.value.repositorySelection === 'all') return undefined;
  const message = `The assessor’s GitHub App is installed on selected repositories of ${client.name}; the others are invisible to it.`;
  return { kind: 'denied', status: 200, missingPermission: 'installation on all repositories', message };
}
