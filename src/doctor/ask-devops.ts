import type { Config } from '../config.ts';
import { listAgentPools } from '../connectors/azure-devops/agents.ts';
import {
  anyProject,
  mayManagePools,
  tryRevokingNothing,
  tryScope,
} from '../connectors/azure-devops/own-permissions.ts';
import { type DoctorAnswer, worstAnswer } from '../domain/doctor/diagnosis.ts';
import { DEVOPS_PERMISSIONS } from '../domain/permissions/devops-permissions.ts';
import { nameOfGrant, type Permission } from '../domain/permissions/permission.ts';
import { type Answers, answerOf } from './answer-of.ts';

/** By a small read for each scope of the reader; the remover's are asked for, not used. */
export async function askDevOps(config: Config): Promise<Answers> {
  const organisations = await Promise.all(
    config.DEVOPS_ORGANISATIONS.map(async (organisation) => {
      const project = await anyProject(config, organisation);
      const projectId = project.ok ? project.value : undefined;
      return Promise.all(DEVOPS_PERMISSIONS.map((row) => ask(config, organisation, row, projectId)));
    }),
  );
  return DEVOPS_PERMISSIONS.flatMap((row, index) => {
    const answers = organisations.flatMap((each) => each[index] ?? []);
    return answers.length === 0 ? [] : [[row.id, worstAnswer(answers)] as const];
  });
}

async function ask(
  config: Config,
  organisation: string,
  { identity, grant }: Permission,
  projectId: string | undefined,
): Promise<DoctorAnswer> {
  const scope = nameOfGrant(grant);
  if (identity === 'remover') {
    return scope === 'vso.agentpools_manage'
      ? managing(config, organisation)
      : answerOf(await tryRevokingNothing(config, organisation));
  }
  const answer = await tryScope(config, organisation, scope, projectId);
  if (answer !== undefined) return answerOf(answer);
  return { state: 'could-not-check', detail: `${organisation} shows the reader no project on which to try ${scope}.` };
}

/** Pools are protected one by one; whoever manages all of them was given that above them. */
async function managing(config: Config, organisation: string): Promise<DoctorAnswer> {
  const pools = await listAgentPools(config, organisation);
  const own = pools.items.filter(({ isHosted }) => !isHosted).slice(0, 50);
  const told = await mayManagePools(
    config,
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
