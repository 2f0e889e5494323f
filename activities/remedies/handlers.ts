import type { RemedyCall, RemedyKind } from '../../src/cases/remedy.ts';
import type { Config } from '../../src/config.ts';
import type { VendorResult } from '../../src/connectors/result.ts';
import { deleteAppRoleAssignment } from './delete-app-role-assignment.ts';
import { deleteDelegatedGrant } from './delete-delegated-grant.ts';
import { deleteFederatedCredential } from './delete-federated-credential.ts';
import { deleteVariable } from './delete-variable.ts';
import { disableAgent } from './disable-agent.ts';
import { disableWorkflow } from './disable-workflow.ts';
import type { Acted, RemedyHandler, TargetState } from './handler.ts';
import { removeRunner } from './remove-runner.ts';
import { revokeDevOpsToken } from './revoke-devops-token.ts';
import { revokeFineGrainedToken } from './revoke-fine-grained-token.ts';
import { revokeSsoCredential } from './revoke-sso-credential.ts';

const HANDLERS: { readonly [K in RemedyKind]: RemedyHandler<K> } = {
  'delete-delegated-grant': deleteDelegatedGrant,
  'delete-app-role-assignment': deleteAppRoleAssignment,
  'delete-federated-credential': deleteFederatedCredential,
  'revoke-fine-grained-token': revokeFineGrainedToken,
  'revoke-sso-credential': revokeSsoCredential,
  'delete-variable': deleteVariable,
  'disable-workflow': disableWorkflow,
  'remove-runner': removeRunner,
  'disable-agent': disableAgent,
  'revoke-devops-token': revokeDevOpsToken,
};

interface AnyHandler {
  read(config: Config, call: RemedyCall): Promise<VendorResult<TargetState>>;
  act(config: Config, call: RemedyCall): Promise<VendorResult<Acted>>;
}

/** How this kind of remedy is carried out and read back. */
export function handlerOf(call: RemedyCall): AnyHandler {
  return HANDLERS[call.kind] as AnyHandler;
}
