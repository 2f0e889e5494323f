import { RestError } from '@azure/core-rest-pipeline';
import { TableClient } from '@azure/data-tables';
import { matching } from './filter.ts';

type Entity = Record<string, unknown> & { partitionKey: string; rowKey: string; etag?: string; timestamp?: string };
interface Options {
  readonly etag?: string;
}
interface Query {
  readonly queryOptions?: { readonly filter?: string };
}

const { createTable, createEntity, getEntity, updateEntity, upsertEntity, deleteEntity, listEntities } =
  TableClient.prototype;
const azures = { createTable, createEntity, getEntity, updateEntity, upsertEntity, deleteEntity, listEntities };

/** Puts Azure's client back in its place. */
export function keepTablesAtAzure(): void {
  Object.assign(TableClient.prototype, azures);
}

/** Puts tables in memory in the place of Azure's client, in this process, until `keepTablesAtAzure`: rows, ETags and instants of writing. */
export function keepTablesInMemory(): void {
  const tables = new Map<string, Map<string, Entity>>();
  let writes = 0;
  const rowsOf = (client: TableClient): Map<string, Entity> => {
    const key = `${client.url}/${client.tableName}`;
    const known = tables.get(key) ?? new Map<string, Entity>();
    tables.set(key, known);
    return known;
  };
  const keyOf = (partition: string, row: string): string => `${partition}\u0000${row}`;
  const refuse = (statusCode: number): never => {
    throw new RestError(`storage answered ${statusCode}`, { statusCode });
  };
  const put = (client: TableClient, entity: Entity): { etag: string } => {
    writes += 1;
    const etag = `W/"${writes}"`;
    const columns = Object.entries(entity).filter(([, value]) => value !== undefined && value !== null);
    const stored = { ...(Object.fromEntries(columns) as Entity), etag, timestamp: new Date().toISOString() };
    rowsOf(client).set(keyOf(entity.partitionKey, entity.rowKey), structuredClone(stored));
    return { etag };
  };
  const found = (client: TableClient, partition: string, row: string): Entity =>
    rowsOf(client).get(keyOf(partition, row)) ?? refuse(404);
  const expect = (entity: Entity, { etag = '*' }: Options): void => {
    if (etag !== '*' && etag !== entity.etag) refuse(412);
  };

  const calls = {
    async createTable(this: TableClient) {},
    async createEntity(this: TableClient, entity: Entity) {
      if (rowsOf(this).has(keyOf(entity.partitionKey, entity.rowKey))) refuse(409);
      return put(this, entity);
    },
    async getEntity(this: TableClient, partition: string, row: string) {
      return structuredClone(found(this, partition, row));
    },
    async updateEntity(this: TableClient, entity: Entity, mode: string, options: Options = {}) {
      const before = found(this, entity.partitionKey, entity.rowKey);
      expect(before, options);
      return put(this, mode === 'Replace' ? entity : { ...before, ...entity });
    },
    async upsertEntity(this: TableClient, entity: Entity, mode: string) {
      const before = rowsOf(this).get(keyOf(entity.partitionKey, entity.rowKey));
      return put(this, mode === 'Replace' ? entity : { ...before, ...entity });
    },
    async deleteEntity(this: TableClient, partition: string, row: string, options: Options = {}) {
      expect(found(this, partition, row), options);
      rowsOf(this).delete(keyOf(partition, row));
    },
    listEntities(this: TableClient, { queryOptions }: Query = {}) {
      const matches = matching(queryOptions?.filter);
      const list = (): Entity[] =>
        [...rowsOf(this)]
          .toSorted(([one], [other]) => (one < other ? -1 : 1))
          .flatMap(([, entity]) => (matches(entity) ? [structuredClone(entity)] : []));
      return {
        async *[Symbol.asyncIterator]() {
          yield* list();
        },
        async *byPage({ maxPageSize = 1_000 } = {}) {
          const all = list();
          for (let from = 0; from < all.length; from += maxPageSize) yield all.slice(from, from + maxPageSize);
        },
      };
    },
  };
  Object.assign(TableClient.prototype, calls);
}
