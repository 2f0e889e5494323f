import type { Config } from '../../config.ts';
import { ASSESSOR_PERMISSIONS } from '../../connectors/assessor/permissions.ts';
import { DEVOPS_PERMISSIONS } from '../../connectors/azure-devops/permissions.ts';
import type { PermissionRow } from '../../connectors/permission.ts';
import { nameOfGrant } from '../../connectors/permission.ts';
import { failed, type VendorFailure } from '../../connectors/result.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import { type DoctorAnswer, worstAnswer } from '../diagnosis.ts';
import { type Answers, answerOf } from './answer-of.ts';

const ROWS = [...DEVOPS_PERMISSIONS, ...ASSESSOR_PERMISSIONS.filter(({ system }) => system === 'azure-devops')];

/** By the questions of the app's own that take each scope of the reader; the remover's are asked for, not used. */
export async function askDevOps(
  vendors: Pick<Vendors, 'devops'>,
  settings: Pick<Config, 'DEVOPS_ORGANISATIONS'>,
): Promise<Answers> {
  const organisations = await Promise.all(
    settings.DEVOPS_ORGANISATIONS.map(async (organisation) => {
      const project = await vendors.devops.anyProject(organisation);
      const projectId = project.ok ? project.value : undefined;
      return Promise.all(
        ROWS.map((row) => (row.unasked === undefined ? ask(vendors, organisation, row, projectId) : NOT_ASKED)),
      );
    }),
  );
  return ROWS.flatMap((row, index) => {
    if (row.unasked !== undefined) return [];
    const answers = organisations.flatMap((each) => each[index] ?? []);
    return answers.length === 0 ? [] : [[row.id, worstAnswer(answers)] as const];
  });
}

async function ask(
  vendors: Pick<Vendors, 'devops'>,
  organisation: string,
  { identity, grant }: PermissionRow,
  projectId: string | undefined,
): Promise<DoctorAnswer> {
  const scope = nameOfGrant(grant);
  if (identity === 'remover') return removing(vendors, organisation, scope, projectId);
  if (identity === 'assessor') return assessing(vendors, organisation, scope, projectId);
  const answers = await vendors.devops.tryScope(organisation, scope, projectId);
  if (answers.length === 0) {
    const detail = `${organisation} shows the reader no project on which to try ${scope}.`;
    return { state: 'could-not-check', detail };
  }
  const told = worstAnswer(answers.map(answerOf));
  if (told.state !== 'granted') return told;
  const hidden = await hiddenOf(vendors, organisation, scope, projectId);
  return hidden === undefined ? told : answerOf(failed(hidden));
}

const NOT_ASKED: DoctorAnswer = { state: 'could-not-check', detail: '' };

async function removing(
  vendors: Pick<Vendors, 'devops'>,
  organisation: string,
  scope: string,
  projectId: string | undefined,
): Promise<DoctorAnswer> {
  switch (scope) {
    case 'vso.agentpools_manage':
      return managing(vendors, organisation);
    case 'vso.serviceendpoint_manage':
      return changing(vendors, organisation, 'service connections', projectId);
    case 'vso.build':
      return changing(vendors, organisation, 'service hooks', projectId);
    case 'vso.build_execute':
      return changing(vendors, organisation, 'running builds', projectId);
    default:
      return answerOf(await vendors.devops.tryRevokingNothing(organisation));
  }
}

/** By the service's own account of what the assessor sees. */
async function assessing(
  { devops }: Pick<Vendors, 'devops'>,
  organisation: string,
  scope: string,
  projectId: string | undefined,
): Promise<DoctorAnswer> {
  if (scope !== 'vso.project' && projectId === undefined) {
    return { state: 'could-not-check', detail: `${organisation} shows the reader no project on which to ask.` };
  }
  const hidden =
    projectId === undefined || scope === 'vso.project'
      ? await devops.hiddenInOrganisation(organisation, 'projects', 'assessor')
      : await devops.hiddenInProjects(organisation, 'service connections', [projectId], 'assessor');
  return hidden === undefined ? { state: 'granted' } : answerOf(failed(hidden));
}

/** By the service's own account of what the remover may do; nothing is tried. */
async function changing(
  vendors: Pick<Vendors, 'devops'>,
  organisation: string,
  what: 'service connections' | 'service hooks' | 'running builds',
  projectId: string | undefined,
): Promise<DoctorAnswer> {
  if (what !== 'service hooks' && projectId === undefined) {
    return { state: 'could-not-check', detail: `${organisation} shows the reader no project on which to ask.` };
  }
  const told = await vendors.devops.mayChange(organisation, what, projectId);
  if (!told.ok) return answerOf(told);
  if (told.value) return { state: 'granted' };
  return { state: 'missing', detail: `The remover may not change the ${what} of ${organisation}.` };
}

/** A small read succeeds where one thing is seen; whether all are is asked besides. */
async function hiddenOf(
  vendors: Pick<Vendors, 'devops'>,
  organisation: string,
  scope: string,
  projectId: string | undefined,
): Promise<VendorFailure | undefined> {
  const project = projectId === undefined ? [] : [projectId];
  switch (scope) {
    case 'vso.project':
      return vendors.devops.hiddenInOrganisation(organisation, 'projects');
    case 'vso.agentpools':
      return vendors.devops.hiddenInOrganisation(organisation, 'agent pools');
    case 'vso.build':
      return (
        (await vendors.devops.hiddenInProjects(organisation, 'pipelines', project)) ??
        (await vendors.devops.hiddenInProjects(organisation, 'environments', project)) ??
        vendors.devops.hiddenInOrganisation(organisation, 'service hooks')
      );
    case 'vso.code':
      return vendors.devops.hiddenInProjects(organisation, 'repositories', project);
    case 'vso.release':
      return vendors.devops.hiddenInProjects(organisation, 'release pipelines', project);
    case 'vso.serviceendpoint':
      return vendors.devops.hiddenInProjects(organisation, 'service connections', project);
    case 'vso.variablegroups_read':
      return vendors.devops.hiddenInProjects(organisation, 'variable groups', project);
    default:
      return undefined;
  }
}

/** Pools are protected one by one; a permission on all of them is given on the level above. */
async function managing(vendors: Pick<Vendors, 'devops'>, organisation: string): Promise<DoctorAnswer> {
  const pools = await Promise.all(
    (['automation', 'deployment'] as const).map((kind) => vendors.devops.listAgentPools(organisation, kind)),
  );
  // Of each kind, so that many of one do not keep the other from being asked about.
  const own = pools.flatMap(({ items }) => items.filter(({ isHosted }) => !isHosted).slice(0, 40));
  const told = await vendors.devops.mayManagePools(
    organisation,
    own.map(({ id }) => id),
  );
  if (!told.ok) {
    const { failure } = told;
    return { state: failure.kind === 'denied' ? 'missing' : 'could-not-check', detail: failure.message };
  }
  if (told.value.length > 0 && told.value.every((may) => may)) return { state: 'granted' };
  const names = own.filter((_, index) => told.value[index] !== true).map(({ name }) => name);
  const which = names.length === 0 ? 'the agent pools' : names.join(', ');
  return { state: 'missing', detail: `The remover may not manage ${which} of ${organisation}.` };
}
