import * as z from 'zod';
import type { Listing } from '../../listing.ts';
import type { DevOpsSettings } from '../../settings.ts';
import { listAll } from '../list-all.ts';
import { named, withOdd } from '../odd-values.ts';
import { QUERIES } from '../queries.ts';
import { type DevOpsProject, Person, Variable } from './pipelines.ts';

const Stage = z.object({
  name: z.string().catch('a stage'),
  variables: named(Variable),
  variableGroups: z.array(z.number()).nullish().catch(undefined),
});

/** Source: ReleaseDefinition in release.json of github.com/MicrosoftDocs/vsts-rest-api-specs, 7.1. */
const Release = z
  .object({
    id: z.number().int(),
    name: z.string(),
    createdBy: Person,
    modifiedBy: Person,
    variables: named(Variable),
    variableGroups: z.array(z.number()).nullish().catch(undefined),
    // Without them only references came: what the stages hold is not known.
    environments: z.array(Stage).nullish(),
  })
  .transform(({ variables, variableGroups, environments, ...release }) => ({
    ...release,
    variables: variables.values,
    stages: (environments ?? []).map((stage) => ({ name: stage.name, variables: stage.variables.values })),
    /** Ids of the groups that it and its stages name. */
    groupIds: [
      ...new Set([...(variableGroups ?? []), ...(environments ?? []).flatMap((each) => each.variableGroups ?? [])]),
    ],
    /** Variables that could not be read, and one where no stage came. */
    odd:
      variables.odd +
      (environments ?? []).reduce((sum, stage) => sum + stage.variables.odd, 0) +
      (environments == null ? 1 : 0),
  }));
/** A classic release pipeline. Values of its variables may be credentials: never file them. */
export type ReleaseDefinition = z.output<typeof Release>;

/** Every classic release pipeline of a project, with its variables and those of its stages. */
export async function listReleaseDefinitions(
  settings: DevOpsSettings,
  organisation: string,
  project: DevOpsProject,
): Promise<Listing<ReleaseDefinition>> {
  const what = `list the release pipelines of project ${project.name} in ${organisation}`;
  const listing = await listAll(settings, {
    ...QUERIES.releaseDefinitions(project.id),
    identity: 'reader',
    organisation,
    what,
    row: Release,
    keyOf: ({ id }) => id,
  });
  return withOdd(listing, what, ({ odd }) => odd);
}
