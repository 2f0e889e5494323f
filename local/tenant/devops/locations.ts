import type { Hono } from 'hono';
import type { TenantCore } from '../core/vendor.ts';
import { list } from './answers.ts';
import type { DevOpsState } from './state/state.ts';

interface Resource {
  readonly id: string;
  readonly area: string;
  readonly resourceName: string;
  readonly routeTemplate: string;
  readonly resourceVersion: number;
}

const RESOURCES: readonly Resource[] = [
  resource('e81700f7-3be2-46de-8624-2eb35882fcaa', 'Location', 'ResourceAreas', '_apis/{resource}/{areaId}', 1),
  resource('603fe2ac-9723-48b9-88ad-09305aa6c6e1', 'core', 'projects', '_apis/{resource}/{*projectId}', 4),
  resource('dbeaf647-6167-421a-bda9-c9327b25e2e6', 'build', 'Definitions', projectRoute('{definitionId}'), 7),
  resource('a8c47e17-4d56-4a56-92bb-de7ea7dc65be', 'distributedtask', 'pools', '_apis/{area}/{resource}/{poolId}', 1),
  resource(
    'e298ef32-5878-4cab-993c-043836571f42',
    'distributedtask',
    'agents',
    '_apis/{area}/pools/{poolId}/{resource}/{agentId}',
    1,
  ),
  resource('f5b09dd5-9d54-45a1-8b5a-1c8287d634cc', 'distributedtask', 'variablegroups', projectRoute('{groupId}'), 2),
];

const AREAS = {
  '79134c72-4a58-4b42-976c-04e7115f32bf': 'core',
  '965220d5-5bb9-42cf-8d67-9b146df2a5a4': 'build',
  'a85b8835-c1a1-4aac-ae97-1c3d0ba72dbd': 'distributedtask',
} as const;

/** What Microsoft's typed clients ask first: which areas there are, where, and the routes of each area's resources. */
export function locationRoutes(app: Hono, core: TenantCore, state: DevOpsState): void {
  app.options('/:organisation/_apis/:area', (c) => {
    const area = c.req.param('area').toLowerCase();
    return list(
      state,
      RESOURCES.filter((known) => known.area.toLowerCase() === area),
    );
  });
  app.get('/:organisation/_apis/resourceareas', (c) => {
    const locationUrl = `${core.origin('devops')}/${c.req.param('organisation')}/`;
    return list(
      state,
      Object.entries(AREAS).map(([id, name]) => ({ id, name, locationUrl })),
    );
  });
}

function projectRoute(id: string): string {
  return `{project}/_apis/{area}/{resource}/${id}`;
}

function resource(id: string, area: string, resourceName: string, routeTemplate: string, version: number) {
  return {
    id,
    area,
    resourceName,
    routeTemplate,
    resourceVersion: version,
    minVersion: '1.0',
    maxVersion: '7.2',
    releasedVersion: '7.1',
  };
}
