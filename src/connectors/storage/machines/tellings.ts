import type { RunAnswer, Telling } from '../../../machines/telling.ts';
import { mapBounded } from '../../map-bounded.ts';
import type { StorageSettings } from '../../settings.ts';
import { answered } from '../base/answered.ts';
import { tableOf } from '../base/tables.ts';
import { getText } from '../evidence/evidence.ts';
import { documentOf, keepingIn, listMachineRows, type MachineRow } from './machines.ts';
import { aboutOf, columnsOfAnswers } from './telling-columns.ts';

const AT_ONCE = 16;

/** Who told of which machine and when, by the rows alone; of a row that an earlier version wrote its document is read. */
export async function listTellings(
  settings: StorageSettings,
): Promise<{ readonly tellings: readonly Telling[]; readonly unreadable: readonly string[] }> {
  const { rows, unreadable } = await listMachineRows(settings);
  const read = await mapBounded(rows, AT_ONCE, async (row) => {
    const known = ofRow(row);
    return known ?? (await ofDocument(settings, row)) ?? row.machine;
  });
  return {
    tellings: read.filter((each) => typeof each !== 'string'),
    unreadable: [...unreadable, ...read.filter((each) => typeof each === 'string')],
  };
}

function ofRow(row: MachineRow): Telling | undefined {
  const { partitionKey, rowKey, vendor, reportedAt, about, sender: sayer, runs = [], answers = [] } = row;
  if (about === undefined || sayer === undefined) return undefined;
  return { keys: { partitionKey, rowKey }, vendor, sayer, reportedAt, about, runs, answers };
}

async function ofDocument(settings: StorageSettings, row: MachineRow): Promise<Telling | undefined> {
  const { partitionKey, rowKey, answers = [] } = row;
  const keeping = keepingIn(await getText(settings, 'work', documentOf(row)));
  if (keeping === undefined) return undefined;
  const { machine, runs = [] } = keeping;
  const { vendor, sayer, reportedAt } = machine;
  return { keys: { partitionKey, rowKey }, vendor, sayer, reportedAt, about: aboutOf(machine), runs, answers };
}

/** Keeps what GitHub answered of the runs of a sender; of a machine that was forgotten meanwhile nothing. */
export async function noteAnswers(
  settings: StorageSettings,
  keys: Telling['keys'],
  answers: readonly RunAnswer[],
): Promise<void> {
  try {
    await tableOf(settings, 'machines').updateEntity({ ...keys, ...columnsOfAnswers(answers) }, 'Merge');
  } catch (error) {
    if (!answered(error, 404)) throw error;
  }
}
