import type { Evidence, ResourceRef } from '../../../../cases/finding.ts';
import type { Agent } from '../../../../connectors/azure-devops/pipelines/agents.ts';
import type { TokenPlace } from '../tokens/token-place.ts';

/** A variable of an agent's environment, which the agent publishes to everybody who may see its pool. */
export function capabilityPlace(
  resource: ResourceRef,
  agent: Pick<Agent, 'name' | 'status' | 'enabled' | 'statusChangedOn'>,
  variable: string,
  onLeaversMachine: boolean,
): TokenPlace {
  return {
    kind: 'token-in-capability',
    resource,
    id: `${resource.id}#${variable}`,
    words: `the environment of agent ${agent.name}`,
    whose: { variable, container: { what: 'agent', names: [agent.name] }, onLeaversMachine },
    status: 'manual-action',
    cleanUp: 'Remove it from the agent’s environment and restart the agent, or wipe the machine.',
    evidence: {
      agentStatus: agent.status ?? null,
      enabled: agent.enabled,
      snapshotSince: agent.statusChangedOn ?? null,
    },
  };
}

/** A pipeline, a release pipeline or a variable group, reduced to what matters here. */
export interface VariableHolder {
  readonly kind: 'token-in-pipeline-variable' | 'token-in-variable-group';
  readonly what: 'pipeline' | 'variable group' | 'release pipeline';
  readonly name: string;
  readonly resource: ResourceRef;
  /** Descriptors and UPNs. Nobody keeps who wrote a single variable. */
  readonly writtenBy: readonly string[];
  readonly lastEditedBy: readonly string[];
  readonly evidence: Evidence;
}

/** A variable of a pipeline or of a variable group. */
export function pipelineVariablePlace(holder: VariableHolder, variable: string): TokenPlace {
  const { kind, what, name, resource, writtenBy, lastEditedBy, evidence } = holder;
  const label = `${what} ${name}`;
  return {
    kind,
    resource,
    id: `${resource.id}#${variable}`,
    words: `variable ${variable} of ${label}`,
    whose: { variable, container: { what, names: [name] }, writtenBy, lastEditedBy },
    status: 'manual-action',
    cleanUp: `Delete the variable, or put a secret of a service in its place; the old value stays in the history of ${label}.`,
    evidence,
  };
}

/** A file of a YAML pipeline in Azure Repos. */
export interface AzureFile {
  readonly projectId: string;
  readonly project: string;
  readonly repositoryId: string;
  readonly repository: string;
  /** From the root. */
  readonly path: string;
  readonly branch?: string;
}

export function azureFileResource(
  organisation: string,
  webUrl: string,
  { projectId, project, repositoryId, repository, path, branch }: AzureFile,
): ResourceRef {
  const at = branch === undefined ? '' : `&version=GB${encodeURIComponent(branch)}`;
  return {
    system: 'azure-devops',
    type: 'pipeline-file',
    id: `${organisation}/${projectId}/${repositoryId}/${branch === undefined ? '' : `${branch}:`}${path}`,
    name: path,
    url: `${webUrl}/${organisation}/${encodeURIComponent(project)}/_git/${encodeURIComponent(repository)}?path=${encodeURIComponent(`/${path}`)}${at}`,
  };
}

/** What was written into such a file stays in the history, so that only revocation ends it. */
export function yamlPlace(organisation: string, webUrl: string, file: AzureFile): TokenPlace {
  const resource = azureFileResource(organisation, webUrl, file);
  return {
    kind: 'token-in-workflow',
    resource,
    id: resource.id,
    words: `${file.path} of ${organisation}/${file.project}/${file.repository}`,
    whose: { container: { what: 'pipeline file', names: [file.path, file.repository] } },
    status: 'needs-code-change',
    cleanUp: 'Remove it from the file; it remains in the repository’s history, so revoke it as well.',
  };
}
