import type { OperationOptions, ServiceClientOptions } from '@azure/core-client';
import type { ArmSettings } from '../settings.ts';

/** Options of every client of Azure Resource Manager. Nothing is repeated here: the orchestration waits and repeats. */
export function armClientOptions(
  settings: ArmSettings,
): Pick<ServiceClientOptions, 'endpoint' | 'credentialScopes' | 'retryOptions'> {
  return {
    endpoint: settings.ARM_ENDPOINT,
    credentialScopes: `${settings.ARM_ENDPOINT}/.default`,
    retryOptions: { maxRetries: 0 },
  };
}

/** The deadline of one call, its token and its body included. */
export function armCallOptions(settings: ArmSettings): Pick<OperationOptions, 'abortSignal'> {
  return { abortSignal: AbortSignal.timeout(settings.REQUEST_TIMEOUT_SECONDS * 1_000) };
}
