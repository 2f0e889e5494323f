import type { FullOperationResponse, OperationOptions } from '@azure/core-client';
import * as z from 'zod';
import { armFailure, isUnknownApiVersion, readArmBody, requestIdOf, unavailable } from '../arm/arm-answer.ts';
import { armCallOptions } from '../arm/client-options.ts';
import { readPages } from '../arm/read-pages.ts';
import type { FederatedCredential } from '../federated-credential.ts';
import type { Listing } from '../listing.ts';
import { failed, ok, type VendorResult } from '../result.ts';
import type { ArmSettings } from '../settings.ts';
import { type ApiVersion, msiClient } from './client.ts';

/** The identity that carries the credentials. */
export interface IdentityRef {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

const ACTION = 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials';

const Credential = z
  .object({
    id: z.string(),
    name: z.string().min(1),
    properties: z.object({
      issuer: z.string(),
      subject: z.string().nullish(),
      audiences: z.array(z.string()).nullish(),
      claimsMatchingExpression: z.object({ value: z.string() }).nullish(),
    }),
  })
  .transform(({ id, name, properties }): FederatedCredential => {
    const { issuer, subject, audiences, claimsMatchingExpression } = properties;
    return {
      id,
      name,
      issuer,
      audiences: audiences ?? [],
      ...(subject ? { subject } : {}),
      ...(claimsMatchingExpression ? { expression: claimsMatchingExpression.value } : {}),
    };
  });

/** Clouds that do not know the preview, by endpoint: asked once per process. */
const withoutPreview = new Set<string>();

/**
 * All federated credentials of an identity. Where the preview api-version is unknown (sovereign clouds), the general
 * one answers: its flexible credentials come without a subject, which the caller must not take for harmless.
 */
export async function listFederatedCredentials(
  settings: ArmSettings,
  identity: IdentityRef,
): Promise<Listing<FederatedCredential>> {
  const question = { what: `list the federated credentials of ${identity.name}`, action: `${ACTION}/read` };
  let unknownVersion = false;
  const list = (version: ApiVersion) =>
    readPages(settings, question, Credential, (options) => {
      const client = msiClient(settings, 'reader', identity.subscriptionId, version);
      const pages = client.federatedIdentityCredentials.list(identity.resourceGroup, identity.name, options).byPage();
      return {
        byPage: () => ({
          next: () =>
            pages.next().catch((error: unknown) => {
              unknownVersion = isUnknownApiVersion(error);
              throw error;
            }),
        }),
      };
    });
  if (withoutPreview.has(settings.ARM_ENDPOINT)) return list('general');
  const listing = await list('flexible');
  if (!unknownVersion) return listing;
  withoutPreview.add(settings.ARM_ENDPOINT);
  return list('general');
}

/** One credential as it stands. */
export async function getFederatedCredential(
  settings: ArmSettings,
  identity: IdentityRef,
  name: string,
): Promise<VendorResult<FederatedCredential>> {
  const question = { what: `read the federated credential ${name} of ${identity.name}`, action: `${ACTION}/read` };
  const get = async (version: ApiVersion): Promise<VendorResult<FederatedCredential>> => {
    const { options, answer } = capture(settings);
    const { federatedIdentityCredentials } = msiClient(settings, 'reader', identity.subscriptionId, version);
    await federatedIdentityCredentials.get(identity.resourceGroup, identity.name, name, options);
    return readArmBody(question, answer(), Credential);
  };
  try {
    if (withoutPreview.has(settings.ARM_ENDPOINT)) return await get('general');
    return await get('flexible').catch((error: unknown) => {
      if (!isUnknownApiVersion(error)) throw error;
      withoutPreview.add(settings.ARM_ENDPOINT);
      return get('general');
    });
  } catch (error) {
    return failed(armFailure(question, error));
  }
}

/**
 * Deletes one credential. The SDK resolves alike for 200 (deleted) and 204 (there was none), so the status tells.
 * Concurrent writes under one identity are a conflict that passes; a resource lock is one that does not.
 */
export async function deleteFederatedCredential(
  settings: ArmSettings,
  identity: IdentityRef,
  name: string,
): Promise<VendorResult<'deleted' | 'gone'>> {
  const question = { what: `delete the federated credential ${name} of ${identity.name}`, action: `${ACTION}/delete` };
  const { options, answer } = capture(settings);
  try {
    const { federatedIdentityCredentials } = msiClient(settings, 'remover', identity.subscriptionId, 'general');
    await federatedIdentityCredentials.delete(identity.resourceGroup, identity.name, name, options);
    const said = answer();
    // Azure answers without a body; a page of HTML is a proxy's, whatever its status.
    if (said?.bodyAsText) return failed(unavailable(question, `${said.status} with an unexpected body`, said));
    return ok(said?.status === 204 ? 'gone' : 'deleted', requestIdOf(said));
  } catch (error) {
    const failure = armFailure(question, error);
    return failure.kind === 'not-found' ? ok('gone') : failed(failure);
  }
}

/**
 * Makes one credential as it was. The SDK knows no expression, so that a flexible one is refused here.
 * Source: learn.microsoft.com/rest/api/managedidentity/federated-identity-credentials/create-or-update
 */
export async function createFederatedCredential(
  settings: ArmSettings,
  identity: IdentityRef,
  { name, issuer, subject, audiences }: Omit<FederatedCredential, 'id'>,
): Promise<VendorResult<FederatedCredential>> {
  const question = {
    what: `create the federated credential ${name} of ${identity.name} again`,
    action: `${ACTION}/write`,
  };
  if (subject === undefined) {
    const message = `The federated credential ${name} of ${identity.name} has an expression, which the app cannot write: create it by hand.`;
    return failed({ kind: 'refused', status: 400, message });
  }
  const { options, answer } = capture(settings);
  const body = { issuer, subject, audiences: [...audiences] };
  try {
    const { federatedIdentityCredentials } = msiClient(settings, 'remover', identity.subscriptionId, 'general');
    await federatedIdentityCredentials.createOrUpdate(identity.resourceGroup, identity.name, name, body, options);
    return readArmBody(question, answer(), Credential);
  } catch (error) {
    return failed(armFailure(question, error));
  }
}

function capture(settings: ArmSettings): {
  readonly options: OperationOptions;
  readonly answer: () => FullOperationResponse | undefined;
} {
  let raw: FullOperationResponse | undefined;
  const onResponse = (response: FullOperationResponse): void => {
    raw = response;
  };
  return { options: { ...armCallOptions(settings), onResponse }, answer: () => raw };
}
