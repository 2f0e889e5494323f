import type { ArmState } from '../../local/tenant/arm/state.ts';
import type { Config } from '../../src/config.ts';
import { type TableName, tableOf } from '../../src/connectors/storage/base/tables.ts';
import type { Oid } from '../../src/people/oid.ts';

/**
 * What was lost or doubled of people who left, in sentences: counted in the tables, in the gateway's list and among what
 * the engine was told to start, and not by what the app answers.
 */
export async function lostUpdates(
  people: readonly Oid[],
  { config, arm, started }: { config: Config; arm: ArmState; started: ReadonlyMap<string, number> },
): Promise<readonly string[]> {
  const denied = await entitiesOf(config, 'denied');
  const cases = await entitiesOf(config, 'cases');
  const listed = arm.namedValues.all().flatMap(({ value }) => value.split(',').filter((each) => each !== ''));
  return people.flatMap((oid) => {
    const rows = cases.filter(({ partitionKey }) => partitionKey === oid);
    const found = {
      'rows that deny them': denied.filter(({ rowKey, state }) => rowKey === oid && state === 'denied').length,
      'entries of the list': listed.filter((each) => each === oid).length,
      cases: rows.length,
      'cases that say that they are contained': rows.filter(({ contained }) => contained === 'done').length,
      'cases that run': rows.filter(({ state }) => state === 'running').length,
      instances: [...started.keys()].filter((instanceId) => instanceId.includes(oid)).length,
    };
    return Object.entries(found).flatMap(([what, count]) => (count === 1 ? [] : [`${oid}: ${count} ${what}`]));
  });
}

async function entitiesOf(config: Config, table: TableName): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const all: Record<string, unknown>[] = [];
  for await (const entity of tableOf(config, table).listEntities()) all.push(entity);
  return all;
}
