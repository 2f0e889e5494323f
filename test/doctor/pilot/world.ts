import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askPilot } from '../../../activities/pilot/ask-pilot.ts';
import { appSettings } from '../../../local/app-settings.ts';
import { startAzurite } from '../../../local/azurite.ts';
import { startCaseStudy } from '../../../local/tenant/case-study.ts';
import { emptyWebhook } from '../../../local/tenant/webhook/vendor.ts';
import { loadConfig } from '../../../src/config.ts';
import { ensureTables } from '../../../src/connectors/storage/base/tables.ts';
import { ensureContainers } from '../../../src/connectors/storage/evidence/evidence.ts';
import { openVendors } from '../../../src/connectors/vendors.ts';
import { placesOf } from '../../../src/doctor/pilot/places.ts';
import type { PilotAnswer } from '../../../src/doctor/pilot/record.ts';
import { identityOf } from '../../support/apps/managed-identity.ts';
import { keepBlobsAtAzure } from '../../support/storage-in-memory/blobs.ts';
import { keepTablesAtAzure } from '../../support/storage-in-memory/tables.ts';

/** A small firm, storage and the app's vendors, without a host. */
export async function pilotWorld() {
  const study = await startCaseStudy({
    deliverTo: () => undefined,
    scale: { repositories: 0, identities: 0, credentialsPerIdentity: 0 },
  });
  const { tenant } = study;
  const storage = await startAzurite(tenant.certificate);
  const scratch = await mkdtemp(join(tmpdir(), 'pilot-'));
  keepBlobsAtAzure();
  keepTablesAtAzure();
  Object.assign(process.env, await identityOf(tenant));
  const authority = join(scratch, 'authority.pem');
  await writeFile(authority, tenant.certificate.authority);
  const config = loadConfig(appSettings(tenant, storage, authority, emptyWebhook().secret));
  await ensureContainers(config);
  await ensureTables(config);
  const vendors = openVendors(config);
  const lines: string[] = [];
  const note = (message: string, more?: object): void => void lines.push(`${message} ${JSON.stringify(more ?? {})}`);
  const context = {
    vendors,
    settings: config,
    log: { info: note, warn: note, error: note },
    now: () => new Date(),
  };
  return {
    ...{ study, config, vendors, context, lines },
    /** Runs every probe at every place, as the orchestration does. */
    ask: async (): Promise<readonly PilotAnswer[]> => {
      const asked = await Promise.all(placesOf(config).map((place) => askPilot.handler({ place }, context)));
      return asked.flatMap(({ answers }) => answers);
    },
    close: async (): Promise<void> => {
      await Promise.all([tenant.close(), storage.stop(), rm(scratch, { recursive: true })]);
    },
  };
}
