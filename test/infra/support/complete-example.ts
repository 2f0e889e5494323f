import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import * as z from 'zod';
import { applyOf, type Resource, resourcesIn } from './plan-of.ts';

const VARIABLES = {
  subscription_id: '1c9a7e35-2b4d-4f60-8a9b-0c1d2e3f4a5b',
  tenant_id: '6b8f2c1d-0a4e-4f5b-9c7d-1e2f3a4b5c6d',
};

/** The function app as it is sent to Azure; what tests read of it. */
const App = z.object({
  body: z.object({
    properties: z.object({
      httpsOnly: z.boolean(),
      functionAppConfig: z.object({ runtime: z.object({ name: z.string(), version: z.string() }) }),
      siteConfig: z.looseObject({
        appSettings: z.array(z.object({ name: z.string(), value: z.string() })),
        minTlsVersion: z.string(),
        scmMinTlsVersion: z.string(),
        ipSecurityRestrictionsDefaultAction: z.string(),
        scmIpSecurityRestrictionsDefaultAction: z.string(),
      }),
    }),
  }),
});

type Values = Resource['values'];

/** The complete example after an apply: everything that Terraform would hand over, with made-up ids from Azure. */
export interface CompleteExample {
  readonly app: z.output<typeof App>['body']['properties'];
  readonly settings: Readonly<Record<string, string>>;
  /** The example's own variables: who its subscription and its tenant are. */
  readonly variables: Readonly<Record<string, string>>;
  /** What was made, and what was only read (`mode: 'data'`). */
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, unknown>>;
  ofType(type: string): readonly Resource[];
  /** The values of the one resource of that name. */
  only(type: string, name: string, index?: string): Values;
}

const FOLDER = resolve(import.meta.dirname, '../../../infra/examples/complete');

/** Applies the example, or a copy of it, which takes seconds. */
export async function completeExample(folder = FOLDER): Promise<CompleteExample> {
  const state = await applyOf(folder, { variables: VARIABLES });
  const resources = resourcesIn(state.values);
  const ofType = (type: string): readonly Resource[] =>
    resources.filter((resource) => resource.mode === 'managed' && resource.type === type);
  const only = (type: string, name: string, index?: string): Values => {
    const found = ofType(type).filter((it) => it.name === name && (index === undefined || it.index === index));
    assert.equal(found.length, 1, `${found.length} of ${type}.${name}`);
    return found[0]?.values ?? {};
  };
  const app = App.parse(only('azapi_resource', 'app')).body.properties;
  const settings = Object.fromEntries(app.siteConfig.appSettings.map(({ name, value }) => [name, value]));
  const outputs = Object.fromEntries(Object.entries(state.values.outputs ?? {}).map(([name, it]) => [name, it.value]));
  return { app, settings, variables: VARIABLES, resources, outputs, ofType, only };
}
