import type * as z from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { ERRORS, type ProblemType } from '../errors.ts';
import { MAY, type Role } from './access/caller.ts';
import { CONTRACT_VERSION } from './contract-version.ts';
import { Problem } from './problems/problem.ts';
import { problemsOf } from './problems/problems-of.ts';
import type { Access, Route } from './route.ts';

/** A document of OpenAPI 3.1, as far as this app looks into it. */
export type ApiDocument = ReturnType<typeof createDocument>;

/** The OpenAPI 3.1 document of a table of routes. */
export function documentOf(routes: readonly Route[]): ApiDocument {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return createDocument(
    {
      openapi: '3.1.0',
      info: {
        title: 'mcp-offboarding',
        version: CONTRACT_VERSION,
        description:
          'Opens and follows cases of people who leave, and decides about them. Answers may get further members, and their enumerations further values; requests may not have unknown ones.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/' }],
      tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({ name })),
      paths: paths as ZodOpenApiPathsObject,
      components: {
        securitySchemes: {
          token: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description: 'An access token (v2.0) of the tenant, for API_AUDIENCE.',
          },
        },
      },
    },
    { override: ({ jsonSchema, io }) => simplify(jsonSchema, io) },
  );
}

/** An answer may get a further member without breaking whoever reads it; what a format says needs no pattern. */
function simplify(schema: { additionalProperties?: unknown; format?: string; pattern?: string }, io: string): void {
  if (io === 'output' && schema.additionalProperties === false) delete schema.additionalProperties;
  if (schema.format !== undefined) delete schema.pattern;
}

function operationOf(route: Route): ZodOpenApiOperationObject {
  const { id, summary, tag, access, params, query, headers, body, answers, documents } = route;
  return {
    operationId: id,
    summary,
    tags: [tag],
    security: access.kind === 'anybody' ? [] : [{ token: [] }],
    'x-roles': rolesOf(access),
    ...(access.kind === 'signed-in' ? { 'x-any-role': true } : {}),
    requestParams: {
      ...(params === undefined ? {} : { path: params as z.ZodObject }),
      ...(query === undefined ? {} : { query: query as z.ZodObject }),
      ...(headers === undefined ? {} : { header: headers as z.ZodObject }),
    },
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, schema]) => [
          status,
          { description: summary, content: { 'application/json': { schema } } },
        ]),
      ),
      ...(documents === undefined
        ? {}
        : {
            200: {
              description: summary,
              content: Object.fromEntries(Object.entries(documents).map(([type, schema]) => [type, { schema }])),
            },
          }),
      ...(route.method === 'GET' ? { 304: { description: 'what If-None-Match names is still right' } } : {}),
      ...problemAnswers(problemsOf(route)),
    },
  };
}

/** The app roles of which one is needed; empty where none is, or where an application is known by itself. */
function rolesOf(access: Access): readonly Role[] {
  return 'right' in access ? MAY[access.right] : [];
}

function problemAnswers(types: readonly ProblemType[]): ZodOpenApiOperationObject['responses'] {
  const byStatus = new Map<number, ProblemType[]>();
  for (const type of types) {
    const { status } = ERRORS[type];
    byStatus.set(status, [...(byStatus.get(status) ?? []), type]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, each]) => [
      String(status),
      {
        description: each.map((type) => `\`${type}\`: ${ERRORS[type].title}`).join('; '),
        content: { 'application/problem+json': { schema: Problem } },
      },
    ]),
  );
}
