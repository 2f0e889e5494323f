import * as z from 'zod';

// What Azure tells of whatever runs programs, as far as it is read here.

export const Tags = z.record(z.string(), z.string()).nullish();
export const Identity = z.object({ type: z.string() }).nullish();
const Base = { id: z.string(), name: z.string(), tags: Tags, identity: Identity };
// `value` of a secure variable is never told; `secretRef` names a secret of the app.
export const Variable = z.object({ name: z.string(), value: z.string().nullish(), secretRef: z.string().nullish() });
const Containers = z
  .array(
    z.object({
      image: z.string().nullish(),
      env: z.array(Variable).nullish(),
      command: z.array(z.string()).nullish(),
      args: z.array(z.string()).nullish(),
    }),
  )
  .nullish();

const Probe = z.object({ exec: z.object({ command: z.array(z.string()).nullish() }).nullish() }).nullish();
const GroupContainers = z
  .array(
    z.object({
      properties: z.object({
        image: z.string().nullish(),
        command: z.array(z.string()).nullish(),
        environmentVariables: z.array(Variable).nullish(),
        livenessProbe: Probe,
        readinessProbe: Probe,
      }),
    }),
  )
  .nullish();

export const Group = z.object({
  ...Base,
  properties: z.object({
    containers: GroupContainers,
    initContainers: GroupContainers,
    ipAddress: z.object({ ip: z.string().nullish(), fqdn: z.string().nullish(), type: z.string() }).nullish(),
    subnetIds: z.array(z.object({ id: z.string() })).nullish(),
    volumes: z.array(z.object({ gitRepo: z.object({ repository: z.string() }).nullish() })).nullish(),
  }),
});
export const App = z.object({
  ...Base,
  properties: z.object({
    environmentId: z.string().nullish(),
    managedEnvironmentId: z.string().nullish(),
    configuration: z
      .object({ ingress: z.object({ external: z.boolean().nullish(), fqdn: z.string().nullish() }).nullish() })
      .nullish(),
    template: z.object({ containers: Containers, initContainers: Containers }).nullish(),
  }),
});
export const Environment = z.object({
  id: z.string(),
  properties: z.object({
    vnetConfiguration: z
      .object({ infrastructureSubnetId: z.string().nullish(), internal: z.boolean().nullish() })
      .nullish(),
  }),
});
export const Cluster = z.object({
  ...Base,
  properties: z.object({ agentPoolProfiles: z.array(z.object({ vnetSubnetID: z.string().nullish() })).nullish() }),
});
export const Site = z.object({
  ...Base,
  /** `app`, `functionapp`, and more words after commas: `app,linux,container`. */
  kind: z.string().nullish(),
  properties: z.object({
    defaultHostName: z.string().nullish(),
    virtualNetworkSubnetId: z.string().nullish(),
    publicNetworkAccess: z.string().nullish(),
    siteConfig: z.object({ linuxFxVersion: z.string().nullish(), windowsFxVersion: z.string().nullish() }).nullish(),
  }),
});
