import { nameOfGrant } from '../../connectors/permission.ts';
import { plainName } from '../../connectors/plain-name.ts';
import { PLATFORM_PERMISSIONS } from '../../connectors/storage/permissions.ts';
import type { Vendors } from '../../connectors/vendors.ts';
import type { DoctorAnswer } from '../diagnosis.ts';
import type { Answers } from './answer-of.ts';

/** By using the app's own storage: the same small file each time, and a row that is not there. */
export async function askStorage(vendors: Pick<Vendors, 'storage'>): Promise<Answers> {
  const uses: Readonly<Record<string, () => Promise<unknown>>> = {
    'Storage Blob Data Contributor': () =>
      vendors.storage.putJson('work', 'doctor', { about: 'may the app write here?' }),
    'Storage Table Data Contributor': () => vendors.storage.proveTables(),
  };
  const answers = await Promise.all(
    PLATFORM_PERMISSIONS.map(async ({ id, grant, unasked }) => {
      const use = unasked === undefined ? uses[nameOfGrant(grant)] : undefined;
      return use === undefined ? [] : [[id, await outcomeOf(use)] as const];
    }),
  );
  return answers.flat();
}

async function outcomeOf(use: () => Promise<unknown>): Promise<DoctorAnswer> {
  try {
    await use();
    return { state: 'granted' };
  } catch (error) {
    const { statusCode, code } = error as { readonly statusCode?: unknown; readonly code?: unknown };
    const name = plainName(code);
    const said = name === undefined ? '' : ` (${name})`;
    const detail = `Storage answered ${typeof statusCode === 'number' ? statusCode : 'nothing'}${said}.`;
    return { state: statusCode === 401 || statusCode === 403 ? 'missing' : 'could-not-check', detail };
  }
}
