import { randomUUID } from 'node:crypto';
import type { Context, Hono } from 'hono';
import type { TenantCore } from '../core/vendor.ts';
import { armEmpty, armError, armOk } from './answers.ts';
import { guard } from './roles/guard.ts';
import type { ArmNamedValue, ArmState } from './state.ts';

const ACTION = 'Microsoft.ApiManagement/service/namedValues';
/** A queued change is asked for at another address than the named value's, which is another action. */
const OPERATIONS = 'Microsoft.ApiManagement/service/tenant/operationResults/read';
const SERVICE = '/subscriptions/:sub/resourcegroups/:rg/providers/microsoft.apimanagement/service/:service';
const NAMED_VALUE = `${SERVICE}/namedvalues/:name`;
const API_VERSIONS = ['2022-08-01', '2024-05-01'];
const MAX_LENGTH = 4_096;

/** Named values of API Management: the gateway's deny list lives in them. */
export function namedValueRoutes(app: Hono, core: TenantCore, state: ArmState): void {
  const refuse = (c: Context, action: 'read' | 'write' | 'listValue/action'): Promise<Response | undefined> =>
    guard(core, state, c.req.raw, {
      action: `${ACTION}/${action}`,
      scope: new URL(c.req.url).pathname,
      subscriptionId: c.req.param('sub') ?? '',
      apiVersions: API_VERSIONS,
    });
  const rowOf = (c: Context): ArmNamedValue | undefined =>
    state.namedValues.get(new URL(c.req.url).pathname.replace(/\/listvalue$/i, ''));

  app.on(['GET', 'HEAD'], NAMED_VALUE, async (c) => {
    const refused = await refuse(c, 'read');
    if (refused !== undefined) return refused;
    const row = rowOf(c);
    if (row === undefined) return notFound();
    return c.req.method === 'HEAD' ? armEmpty(200, etag(row)) : armOk(bodyOf(row), etag(row));
  });

  app.post(`${NAMED_VALUE}/listvalue`, async (c) => {
    const refused = await refuse(c, 'listValue/action');
    if (refused !== undefined) return refused;
    const row = rowOf(c);
    return row === undefined ? notFound() : armOk({ value: row.value }, etag(row));
  });

  app.on(['PUT', 'PATCH'], NAMED_VALUE, async (c) => {
    const refused = await refuse(c, 'write');
    if (refused !== undefined) return refused;
    const row = rowOf(c);
    if (row === undefined) return notFound();
    const ifMatch = c.req.header('if-match');
    if (c.req.method === 'PATCH' && ifMatch === undefined)
      return invalid('If-Match', 'The header If-Match is required.');
    if (ifMatch !== undefined && ifMatch !== '*' && ifMatch !== tagOf(row)) {
      return armError(412, 'PreconditionFailed', 'Resource was modified since last retrieval.');
    }
    const body = (await c.req.json()) as { properties?: { value?: unknown; secret?: unknown } };
    const { value, secret } = body.properties ?? {};
    if (typeof value === 'string' && value.trim() === '') return invalid('value', 'Value should not be empty.');
    if (typeof value === 'string' && value.length > MAX_LENGTH) {
      return invalid('value', `Value is too long. Maximum length is ${MAX_LENGTH}.`);
    }
    const apply = (): void => {
      if (typeof value === 'string') row.value = value;
      if (typeof secret === 'boolean') row.secret = secret;
      row.version += 1;
    };
    if (state.namedValueWrites === 'immediate') {
      apply();
      return armOk(bodyOf(row), etag(row));
    }
    const { namedValueWrites: how } = state;
    return queue(c, row, () => {
      if (how === 'fails') return false;
      if (how !== 'lost') apply();
      return true;
    });
  });

  /**
   * Both headers of the published example, and the state on 200 as it was seen on a gateway.
   * Source: azure-rest-api-specs apimanagement 2024-05-01 ApiManagementUpdateNamedValue; Azure/apiops-cli issue 148
   */
  function queue(c: Context, row: ArmNamedValue, apply: () => boolean): Response {
    const operation = randomUUID();
    state.operations.set(operation, { apply, pollsLeft: 1 });
    const url = new URL(c.req.url);
    const version = url.searchParams.get('api-version');
    const service = url.pathname.replace(/\/namedvalues\/.*$/i, '');
    const headers = {
      'azure-asyncoperation': `${core.origin('arm')}${service}/tenant/operationResults/${operation}?api-version=${version}`,
      'retry-after': '0',
    };
    if (state.namedValueWrites === 'in-progress') return armOk(bodyOf(row, 'InProgress'), { ...etag(row), ...headers });
    const location = `${core.origin('arm')}${url.pathname}?api-version=${version}&asyncId=${operation}&asyncCode=200`;
    return armEmpty(202, { location, ...headers });
  }

  app.get(`${SERVICE}/tenant/operationresults/:operation`, async (c) => {
    const refused = await guard(core, state, c.req.raw, {
      action: OPERATIONS,
      scope: new URL(c.req.url).pathname,
      subscriptionId: c.req.param('sub'),
      apiVersions: API_VERSIONS,
    });
    if (refused !== undefined) return refused;
    const id = c.req.param('operation');
    const operation = state.operations.get(id);
    if (operation === undefined) return notFound();
    const { pathname } = new URL(c.req.url);
    if (operation.pollsLeft > 0) {
      operation.pollsLeft -= 1;
      return armOk({ id: pathname, status: 'InProgress' }, { 'retry-after': '0' });
    }
    state.operations.delete(id);
    if (operation.apply()) return armOk({ id: pathname, status: 'Succeeded' });
    const error = { code: 'ValidationError', message: 'The named value could not be changed.' };
    return armOk({ id: pathname, status: 'Failed', error });
  });
}

const tagOf = (row: ArmNamedValue): string => `"AAAAAAAA${row.version.toString(36).toUpperCase().padStart(4, '0')}="`;
const etag = (row: ArmNamedValue): Record<string, string> => ({ etag: tagOf(row) });

function bodyOf(row: ArmNamedValue, provisioningState = 'Succeeded'): unknown {
  return {
    id: `${row.serviceId}/namedValues/${row.name}`,
    type: 'Microsoft.ApiManagement/service/namedValues',
    name: row.name,
    properties: {
      displayName: row.name,
      secret: row.secret,
      ...(row.secret ? {} : { value: row.value }),
      tags: [],
      provisioningState,
    },
  };
}

function notFound(): Response {
  return armError(404, 'ResourceNotFound', 'Property not found.');
}

function invalid(target: string, message: string): Response {
  return armError(400, 'ValidationError', `One or more fields contain incorrect values: ${target}: ${message}`);
}
