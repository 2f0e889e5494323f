import { join, resolve } from 'node:path';
import { appSettings } from '../../../local/app-settings.ts';
import { installFunctionsCore } from '../../../local/host/functions-core.ts';
import { loadApp } from '../../../local/host/registry.ts';
import { emptyWebhook } from '../../../local/tenant/webhook/vendor.ts';
import { snapshotText, sortedKeys } from './snapshot-text.ts';

const APP = join(resolve(import.meta.dirname, '../../..'), 'src/main.ts');

/** Every function that the app tells the Functions host about, with its bindings and its retry policy. */
export async function functionsSnapshot(): Promise<string> {
  const origin = (host: string): string => `https://${host}.example`;
  const storage = { blob: origin('blob'), table: origin('table'), queue: origin('queue') };
  const identityEnvironment = { IDENTITY_ENDPOINT: origin('identity'), IDENTITY_HEADER: 'none' };
  const tenant = { identityEnvironment, signInMetadata: undefined, origin };
  installFunctionsCore(() => undefined);
  // The app reads its settings when it is loaded, as on Azure; what else this process starts is not the app.
  const environment = { ...process.env };
  Object.assign(process.env, appSettings(tenant, storage, '/nowhere', emptyWebhook().secret));
  const { functions } = await loadApp(APP);
  process.env = environment;
  const registered = [...functions.values()].map(({ name, metadata }) => [
    name,
    { bindings: metadata.bindings, retryOptions: metadata.retryOptions },
  ]);
  return snapshotText(sortedKeys(Object.fromEntries(registered)));
}
