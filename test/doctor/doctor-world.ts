import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appSettings } from '../../local/app-settings.ts';
import { startAzurite } from '../../local/azurite.ts';
import { startCaseStudy } from '../../local/tenant/case-study.ts';
import { WORLD } from '../../local/tenant/seeds/world.ts';
import { emptyWebhook } from '../../local/tenant/webhook/vendor.ts';
import { type Config, loadConfig } from '../../src/config.ts';
import { ensureTables } from '../../src/connectors/storage/base/tables.ts';
import { ensureContainers } from '../../src/connectors/storage/evidence/evidence.ts';
import type { Diagnosis } from '../../src/doctor/diagnosis.ts';
import { askApi } from '../support/api/ask-api.ts';
import { identityOf } from '../support/apps/managed-identity.ts';
import { keepBlobsAtAzure } from '../support/storage-in-memory/blobs.ts';
import { keepTablesAtAzure } from '../support/storage-in-memory/tables.ts';

export const inState = ({ permissions }: Diagnosis, state: string): string[] =>
  permissions.filter((each) => each.state === state).map(({ id }) => id);
export const checkOf = ({ checks }: Diagnosis, name: string) => checks.find(({ check }) => check === name);

/** A firm with everything granted, and the doctor’s answer about it. */
export async function startDoctor() {
  const study = await startCaseStudy({
    deliverTo: () => undefined,
    scale: { repositories: 0, identities: 0, credentialsPerIdentity: 0 },
  });
  const { tenant, principals, states } = study;
  const storage = await startAzurite(tenant.certificate);
  const scratch = await mkdtemp(join(tmpdir(), 'doctor-'));
  keepBlobsAtAzure();
  keepTablesAtAzure();
  Object.assign(process.env, await identityOf(tenant));
  const authority = join(scratch, 'authority.pem');
  await writeFile(authority, tenant.certificate.authority);
  const config = loadConfig({
    ...appSettings(tenant, storage, authority, emptyWebhook().secret),
    WORKSTATION_HUNTING: 'on',
  });
  await ensureContainers(config);
  await ensureTables(config);
  states.logs.rows.splice(20);

  async function ask(roles: readonly string[], settings: Config = config) {
    const token = await tenant.tokens.issue({
      audience: WORLD.app.audience,
      oid: WORLD.operator.oid,
      clientId: 'operator-cli',
      scopes: ['access'],
      roles,
    });
    return askApi({ config: settings })('/api/doctor', { token });
  }

  async function diagnose(settings: Config = config): Promise<Diagnosis> {
    const answer = await ask(['Offboarding.Operate'], settings);
    assert.equal(answer.status, 200);
    return JSON.parse(answer.body) as Diagnosis;
  }

  return { study, tenant, principals, states, storage, scratch, authority, config, ask, diagnose };
}

export type DoctorWorld = Awaited<ReturnType<typeof startDoctor>>;
