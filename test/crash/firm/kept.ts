import { TableClient } from '@azure/data-tables';
import { BlobServiceClient, RestError } from '@azure/storage-blob';
import type { CaseState } from '../../../src/cases/case.ts';
import { storageCredential } from '../../scenarios/support/everything-written.ts';
import type { Firm } from './firm.ts';

/** A row of a case, as anybody with a storage browser sees it. */
export interface CaseLine {
  readonly caseId: string;
  readonly oid: string;
  readonly n: number;
  readonly state: CaseState;
  readonly mode: string;
  readonly instanceId: string;
  readonly onHold?: string;
  readonly contained?: string;
  readonly outcome?: string;
  readonly report?: string;
  readonly attempts?: string;
  readonly revisions?: string;
  readonly attemptAt?: string;
  readonly restoredAt?: string;
  readonly failure?: string;
}

type Where = Pick<Firm, 'storage' | 'tenant'>;

/** All rows of a table, without the app's own code: what reads here knows nothing of how they came about. */
export async function rowsIn<Row extends object = Record<string, unknown>>(firm: Where, table: string): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of new TableClient(firm.storage.table, table, storageCredential(firm)).listEntities<Row>())
    rows.push(row);
  return rows;
}

export function casesIn(firm: Where): Promise<CaseLine[]> {
  return rowsIn<CaseLine>(firm, 'cases');
}

export async function blobNames(firm: Where, container: string, prefix = ''): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of containerOf(firm, container).listBlobsFlat({ prefix })) names.push(name);
  return names;
}

/** Undefined where there is none. */
export async function readBlob(firm: Where, container: string, name: string): Promise<Buffer | undefined> {
  const blob = containerOf(firm, container).getBlobClient(name);
  return (await blob.exists()) ? blob.downloadToBuffer() : undefined;
}

/** Changes a blob that is there, and never what somebody else wrote meanwhile. */
export async function changeBlob(
  firm: Where,
  container: string,
  name: string,
  change: (text: string) => string,
): Promise<void> {
  const blob = containerOf(firm, container).getBlockBlobClient(name);
  for (;;) {
    if (!(await blob.exists())) return;
    try {
      const { etag: ifMatch = '' } = await blob.getProperties();
      const text = change((await blob.downloadToBuffer(0, undefined, { conditions: { ifMatch } })).toString('utf8'));
      await blob.upload(text, Buffer.byteLength(text), { conditions: { ifMatch } });
      return;
    } catch (error) {
      if (!(error instanceof RestError) || error.statusCode !== 412) throw error;
    }
  }
}

function containerOf(firm: Where, container: string) {
  return new BlobServiceClient(firm.storage.blob, storageCredential(firm)).getContainerClient(container);
}
