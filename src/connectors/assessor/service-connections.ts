import * as z from 'zod';
import { listAll, type Together, together } from '../azure-devops/list-all.ts';
import { listProjects } from '../azure-devops/pipelines/pipelines.ts';
import { QUERIES } from '../azure-devops/queries.ts';
import { hiddenInOrganisation, hiddenInProjects } from '../azure-devops/visibility.ts';
import { mapBounded } from '../map-bounded.ts';
import type { VendorFailure } from '../result.ts';
import type { DevOpsSettings } from '../settings.ts';

/** How a service connection to Azure signs in; what it signs in with is told to nobody. */
interface AzureConnection {
  readonly id: string;
  readonly name: string;
  readonly project: string;
  /** Lower case: `serviceprincipal`, `workloadidentityfederation`, `managedserviceidentity`. */
  readonly scheme: string;
  /** Lower case: `spnkey`, `spncertificate`; absent where it is not told. */
  readonly authentication?: string;
  /** Client id, in lower case, of the service principal that it signs in as. */
  readonly appId?: string;
}

/** Of the parameters, which may hold anything, two by their name. */
const Parameters = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((all) => {
    const told = new Map(Object.entries(all ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
    const word = (name: string): string | undefined => {
      const value = told.get(name);
      return typeof value === 'string' && value !== '' ? value.toLowerCase() : undefined;
    };
    return { authentication: word('authenticationtype'), appId: word('serviceprincipalid') };
  });
const Connection = z.object({
  id: z.string().min(1),
  name: z.string(),
  type: z.string(),
  authorization: z.object({ scheme: z.string(), parameters: Parameters }).nullish(),
});

const IN_FLIGHT = 4;

/**
 * The service connections to Azure of an organisation, those that failed or are disabled among them. Source:
 * learn.microsoft.com/azure/devops/pipelines/library/azure-resource-manager-endpoint; that the parameters say
 * `spnKey` or `spnCertificate`: github.com/microsoft/azure-pipelines-tasks (AzureRmEndpointAuthenticationSchemes)
 */
export async function listAzureConnections(
  settings: DevOpsSettings,
  organisation: string,
): Promise<Together<AzureConnection>> {
  const [projects, hidden] = await Promise.all([
    listProjects(settings, organisation, 'assessor'),
    hiddenInOrganisation(settings, organisation, 'projects', 'assessor'),
  ]);
  const ids = projects.items.map(({ id }) => id);
  const [unseen, lists] = await Promise.all([
    hiddenInProjects(settings, organisation, 'service connections', ids, 'assessor'),
    mapBounded(projects.items, IN_FLIGHT, async (project) => {
      const { items, ...rest } = await listAll(settings, {
        ...QUERIES.serviceConnections(project.id),
        identity: 'assessor',
        organisation,
        what: `list the service connections of project ${project.name} in ${organisation}`,
        row: Connection,
        keyOf: ({ id }) => id,
      });
      return { ...rest, items: items.flatMap((each) => connectionOf(project.name, each)) };
    }),
  ]);
  const none = projects.items.length === 0 && projects.failure === undefined ? [nothingShown(organisation)] : [];
  return together<AzureConnection>([
    { ...projects, items: [] },
    { items: [], failures: [hidden, unseen, ...none].flatMap((failure) => failure ?? []) },
    ...lists,
  ]);
}

/** An organisation without a project would have nobody who made it known to us. */
function nothingShown(organisation: string): VendorFailure {
  const message = `${organisation} shows the assessor no project: add it to the organisation’s readers.`;
  return { kind: 'denied', status: 200, missingPermission: 'vso.project', message };
}

function connectionOf(
  project: string,
  { id, name, type, authorization }: z.output<typeof Connection>,
): AzureConnection[] {
  if (type.toLowerCase() !== 'azurerm') return [];
  const { authentication, appId } = authorization?.parameters ?? {};
  return [
    {
      ...{ id, name, project, scheme: authorization?.scheme.toLowerCase() ?? 'not told' },
      ...(authentication === undefined ? {} : { authentication }),
      ...(appId === undefined ? {} : { appId }),
    },
  ];
}
