import type { Hono } from 'hono';
import type { TenantCore } from '../../core/vendor.ts';
import { WORLD } from '../../seeds/world.ts';
import { answer, list, problem } from '../answers.ts';
import { guard } from '../guard.ts';
import type { DevOpsState } from '../state/state.ts';
import type { Connection } from '../state/state-connections.ts';
import { noProject, projectOf } from './pipelines.ts';

const READ = { scope: 'vso.serviceendpoint', wider: 'vso.serviceendpoint_manage' } as const;
const PREVIEW = '7.2-preview.4';

/** `_apis/serviceendpoint`: connections without their secrets, and what used them. */
export function connectionRoutes(app: Hono, core: TenantCore, state: DevOpsState): void {
  const endpoints = '/:organisation/:project/_apis/serviceendpoint/endpoints';
  const { unseen } = state.behaviour;
  const inProject =
    (id: string) =>
    ({ projectIds }: Connection) =>
      projectIds.includes(id) && !unseen.has(`endpoints/${id}`);

  app.get(endpoints, async (c) => {
    const refused = await guard(core, state, c.req.raw, { ...READ, versions: ['7.1', PREVIEW] });
    if (refused !== undefined) return refused;
    const project = projectOf(state, c.req.param('project'));
    if (project === undefined) return noProject(state, c.req.param('project'));
    const newer = c.req.query('api-version') === PREVIEW;
    return list(
      state,
      state.connections.where(inProject(project.id)).map((each) => shape(each, newer)),
    );
  });

  app.get(`${endpoints}/:id`, async (c) => {
    const refused = await guard(core, state, c.req.raw, { ...READ, versions: ['7.1', PREVIEW] });
    if (refused !== undefined) return refused;
    const one = state.connections.get(c.req.param('id'));
    // One that is not there, or not shown, is null.
    const shown = one !== undefined && inProject(c.req.param('project'))(one);
    return answer(state, shown ? shape(one, true) : null);
  });

  app.get('/:organisation/:project/_apis/serviceendpoint/:id/executionhistory', async (c) => {
    const refused = await guard(core, state, c.req.raw, READ);
    if (refused !== undefined) return refused;
    const uses = state.connections.get(c.req.param('id'))?.uses ?? [];
    return list(
      state,
      uses.slice(0, Number(c.req.query('top') ?? 50)).map(({ definitionId, name, finishTime }, index) => ({
        endpointId: c.req.param('id'),
        data: {
          id: uses.length - index,
          planType: 'Build',
          definition: { id: definitionId, name },
          owner: { id: 100 + index, name: `run ${100 + index}` },
          startTime: finishTime,
          finishTime,
          result: 'succeeded',
        },
      })),
    );
  });

  app.put('/:organisation/_apis/serviceendpoint/endpoints/:id', async (c) => {
    const refused = await guard(core, state, c.req.raw, {
      scope: 'vso.serviceendpoint_manage',
      versions: ['7.1', PREVIEW],
    });
    if (refused !== undefined) return refused;
    const body: { readonly id?: unknown; readonly name?: unknown; readonly isDisabled?: unknown } = await c.req.json();
    const one = state.connections.get(c.req.param('id'));
    if (one === undefined)
      return problem(state, 404, 'ServiceEndpointNotFoundException', 'No such service connection.');
    if (body.id !== one.id || body.name !== one.name) {
      return problem(state, 400, 'ArgumentException', 'The whole service connection is expected.');
    }
    if (typeof body.isDisabled === 'boolean') one.isDisabled = body.isDisabled;
    return answer(state, shape(one, true));
  });
}

function shape(one: Connection, newer: boolean): unknown {
  return {
    id: one.id,
    name: one.name,
    type: one.type,
    url: 'https://github.com/',
    description: '',
    authorization: { scheme: one.scheme, parameters: parametersOf(one) },
    isShared: one.projectIds.length > 1,
    isReady: true,
    owner: 'Library',
    createdBy: one.createdBy,
    ...(newer
      ? {
          modifiedBy: one.modifiedBy,
          creationDate: one.creationDate,
          modificationDate: one.modificationDate,
          isDisabled: one.isDisabled,
        }
      : {}),
  };
}

/** Of one to Azure who signs in and how, with a key that is null for everybody. */
function parametersOf({ type, authenticationType, servicePrincipalId }: Connection): object {
  if (type !== 'azurerm') return { accessToken: null };
  return {
    tenantid: WORLD.tenantId,
    ...(servicePrincipalId === undefined ? {} : { serviceprincipalid: servicePrincipalId }),
    ...(authenticationType === undefined ? {} : { authenticationType, serviceprincipalkey: null }),
  };
}
