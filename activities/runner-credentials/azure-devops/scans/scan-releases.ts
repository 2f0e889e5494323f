import { coverageOfList } from '../../../../src/cases/coverage/coverage-of.ts';
import type { ResourceRef } from '../../../../src/cases/finding.ts';
import { counted } from '../../../../src/cases/words/wording.ts';
import type { Config } from '../../../../src/config.ts';
import type { DevOpsPerson, DevOpsProject } from '../../../../src/connectors/azure-devops/pipelines/pipelines.ts';
import type { ReleaseDefinition } from '../../../../src/connectors/azure-devops/pipelines/releases.ts';
import type { Vendors } from '../../../../src/connectors/vendors.ts';
import { findTokens } from '../../../../src/credentials/detector/detect-tokens.ts';
import type { ReleaseUse } from '../../../../src/steps/runner-credentials/rules/azure-devops/pipeline-use.ts';
import { pipelineVariablePlace } from '../../../../src/steps/runner-credentials/rules/azure-devops/token-places.ts';
import type { LocatedTokens } from '../../judge-located.ts';
import { inProjects, type Projects, withoutProjects } from '../read-projects.ts';
import type { TokenScan } from '../scan.ts';

/** The variables of every classic release pipeline and of its stages, project by project. */
export async function scanReleases(
  vendors: Pick<Vendors, 'devops'>,
  settings: Pick<Config, 'DEVOPS_ENDPOINT'>,
  projects: Projects,
): Promise<TokenScan> {
  const { organisation } = projects;
  const source = `azure-devops/classic-releases:${organisation}`;
  const none = withoutProjects(projects, [source]);
  if (none !== undefined) return { findings: [], located: [], uses: [], coverage: none, failures: [] };
  const list = await inProjects(vendors, projects, 'release pipelines', async (project) => {
    const releases = await vendors.devops.listReleaseDefinitions(organisation, project);
    return { ...releases, items: releases.items.map((release) => ({ project, release })) };
  });
  const secrets = list.items.flatMap(({ release }) =>
    setsOf(release).flatMap(({ variables }) => Object.values(variables).filter(({ isSecret }) => isSecret === true)),
  ).length;
  const note = secrets === 0 ? undefined : `${counted(secrets, 'secret value')} among them can be read by nobody.`;
  const read = list.items.map(({ project, release }) => {
    const resource = resourceOf(settings, organisation, project, release);
    return {
      located: tokensOf(release, resource, source, organisation, project),
      use: useOf(organisation, release, resource),
    };
  });
  return {
    findings: [],
    located: read.flatMap(({ located }) => located),
    uses: read.map(({ use }) => use),
    coverage: [coverageOfList(source, 'release pipelines', list, note)],
    failures: list.failures,
    ...(list.slowDownMs === undefined ? {} : { slowDownMs: list.slowDownMs }),
  };
}

/** Its own variables, and those of each stage. */
function setsOf({ variables, stages }: ReleaseDefinition) {
  return [
    { stage: undefined, variables },
    ...stages.map(({ name, variables: own }) => ({ stage: name, variables: own })),
  ];
}

function tokensOf(
  release: ReleaseDefinition,
  resource: ResourceRef,
  source: string,
  organisation: string,
  project: DevOpsProject,
): LocatedTokens[] {
  const evidence = {
    project: project.name,
    createdBy: release.createdBy?.uniqueName ?? null,
    modifiedBy: release.modifiedBy?.uniqueName ?? null,
  };
  return setsOf(release).flatMap(({ stage, variables }) =>
    Object.entries(variables).map(([variable, { value }]) => {
      const place = pipelineVariablePlace(
        {
          kind: 'token-in-pipeline-variable',
          what: 'release pipeline',
          name: release.name,
          resource,
          writtenBy: namesOf(release.createdBy),
          lastEditedBy: namesOf(release.modifiedBy),
          evidence: stage === undefined ? evidence : { ...evidence, stage },
        },
        variable,
      );
      const tokens = findTokens(value ?? '', variable);
      if (stage === undefined) return { place, source, within: organisation, tokens };
      const inStage = { ...place, id: `${resource.id}#${stage}#${variable}`, words: `${place.words} (stage ${stage})` };
      return { place: inStage, source, within: organisation, tokens };
    }),
  );
}

function namesOf(person: DevOpsPerson): string[] {
  return [person?.descriptor, person?.uniqueName].flatMap((name) => name ?? []);
}

function resourceOf(
  settings: Pick<Config, 'DEVOPS_ENDPOINT'>,
  organisation: string,
  project: DevOpsProject,
  { id, name }: ReleaseDefinition,
) {
  return {
    system: 'azure-devops',
    type: 'releasePipeline',
    id: `${organisation}/${project.id}/releases/${id}`,
    name: `${project.name}/${name}`,
    url: `${settings.DEVOPS_ENDPOINT}/${organisation}/${encodeURIComponent(project.name)}/_release?definitionId=${id}`,
  } as const;
}

function useOf(
  organisation: string,
  { groupIds }: ReleaseDefinition,
  { id, name, url }: ReturnType<typeof resourceOf>,
): ReleaseUse {
  return { kind: 'azure-devops-release', organisation, id, name, url, groupIds };
}
