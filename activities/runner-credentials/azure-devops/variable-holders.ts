import type { Config } from '../../../src/config.ts';
import type {
  DevOpsProject,
  PipelineDefinition,
  VariableGroup,
} from '../../../src/connectors/azure-devops/pipelines/pipelines.ts';
import type { PipelineUse } from '../../../src/steps/runner-credentials/rules/azure-devops/pipeline-use.ts';
import type { VariableHolder } from '../../../src/steps/runner-credentials/rules/azure-devops/token-places.ts';

/** A pipeline or a variable group, with its variables and those who wrote them. */
export interface Holder extends VariableHolder {
  readonly variables: PipelineDefinition['variables'];
  /** Of a pipeline: where it runs, and what it takes from elsewhere. */
  readonly use?: PipelineUse;
}

/** A group that several projects share is one group. */
export function unique(holders: readonly Holder[]): Holder[] {
  return [...new Map(holders.map((holder) => [holder.resource.id, holder])).values()];
}

/** A pipeline as a holder of variables. */
export function pipeline(
  settings: Pick<Config, 'DEVOPS_ENDPOINT'>,
  organisation: string,
  project: DevOpsProject,
  one: PipelineDefinition,
): Holder {
  const resource = {
    system: 'azure-devops',
    type: 'pipeline',
    id: `${organisation}/${project.id}/definitions/${one.id}`,
    name: `${project.name}/${one.name}`,
    url: `${settings.DEVOPS_ENDPOINT}/${organisation}/${encodeURIComponent(project.name)}/_build?definitionId=${one.id}`,
  } as const;
  const { poolIds, byFile, groupIds } = one;
  const { id, name, url } = resource;
  return {
    kind: 'token-in-pipeline-variable',
    what: 'pipeline',
    name: one.name,
    resource,
    variables: one.variables,
    writtenBy: namesOf(one.authoredBy),
    lastEditedBy: [],
    use: {
      kind: 'azure-devops-pipeline',
      organisation,
      id,
      name,
      url,
      poolIds: [...poolIds],
      byFile,
      groupIds,
    },
    evidence: { project: project.name, authoredBy: one.authoredBy?.uniqueName ?? null },
  };
}

/** A variable group as a holder of variables. */
export function variableGroup(
  settings: Pick<Config, 'DEVOPS_ENDPOINT'>,
  organisation: string,
  project: DevOpsProject,
  one: VariableGroup,
): Holder {
  return {
    kind: 'token-in-variable-group',
    what: 'variable group',
    name: one.name,
    resource: {
      system: 'azure-devops',
      type: 'variableGroup',
      id: `${organisation}/variablegroups/${one.id}`,
      name: `${project.name}/${one.name}`,
      url: `${settings.DEVOPS_ENDPOINT}/${organisation}/${encodeURIComponent(project.name)}/_library?itemType=VariableGroups&view=VariableGroupView&variableGroupId=${one.id}`,
    },
    // The values of a Key Vault's group are the vault's; the group holds their names.
    variables: one.type === 'AzureKeyVault' ? {} : one.variables,
    writtenBy: namesOf(one.createdBy),
    lastEditedBy: namesOf(one.modifiedBy),
    evidence: {
      project: project.name,
      createdBy: one.createdBy?.uniqueName ?? null,
      modifiedBy: one.modifiedBy?.uniqueName ?? null,
    },
  };
}

function namesOf(person: VariableGroup['createdBy']): string[] {
  return [person?.descriptor, person?.uniqueName].flatMap((name) => name ?? []);
}
