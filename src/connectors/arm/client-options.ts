import type { OperationOptions, ServiceClientOptions } from '@azure/core-client';
import type { Config } from '../../config.ts';

/** Options of every client of Azure Resource Manager. Nothing is repeated here: the orchestration waits and repeats. */
export function armClientOptions(
  config: Config,
): Pick<ServiceClientOptions, 'endpoint' | 'credentialScopes' | 'retryOptions'> {
  return {
    endpoint: config.ARM_ENDPOINT,
    credentialScopes: `${config.ARM_ENDPOINT}/.default`,
    retryOptions: { maxRetries: 0 },
  };
}

/** The deadline of one call, its token and its body included. */
export function armCallOptions(config: Config): Pick<OperationOptions, 'abortSignal'> {
  return { abortSignal: AbortSignal.timeout(config.REQUEST_TIMEOUT_SECONDS * 1_000) };
}
