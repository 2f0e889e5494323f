import * as z from 'zod';
import { text } from '../../../shapes/primitives.ts';
import { defineReading } from '../../reading.ts';

const ConnectionSchema = z.strictObject({
  organisation: text,
  project: text,
  id: text,
  name: text,
  /** Where its project’s settings show it. */
  page: text,
  /** Lower case: `serviceprincipal`, `workloadidentityfederation`, `managedserviceidentity`. */
  scheme: text,
  /** Lower case: `spnkey`, `spncertificate`. */
  authentication: z.exactOptional(text),
  /** Client id of whom it signs in as. */
  appId: z.exactOptional(text),
});
export type ServiceConnection = z.output<typeof ConnectionSchema>;

/** How service connections sign in to Azure. */
export const serviceConnections = defineReading({
  id: 'azure-devops/stored-secrets',
  holds: 'the service connections of Azure DevOps to Azure, and how they sign in',
  permissions: ['assessor/azure-devops/vso.project', 'assessor/azure-devops/vso.serviceendpoint'],
  shape: z.strictObject({ connections: z.array(ConnectionSchema) }),
  nothing: { connections: [] },
});
