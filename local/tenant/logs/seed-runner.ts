import { localClock } from '../../../src/steps/activity-audit/rules/calendar/business-calendar.ts';
import { WORLD } from '../seeds/world.ts';
import type { Days } from './seed-calls.ts';
import type { ToolCall } from './state.ts';

/** The incident's figures. */
export const INCIDENT = { files: 847, directories: 34, heavyNight: 180 } as const;
const FILES_PER_DIRECTORY = 25;
const TWO_O_CLOCK = 120;

/**
 * The runner that stayed: every night at two it reads on through the document store as the leaver. Most nights it
 * stays below the alert's hundred calls an hour; on one it does not, which is how it was noticed. In the one night a year
 * that has no two o'clock it does not run.
 */
export function runnersCalls(days: Days, now: Date): ToolCall[] {
  const nights = days.dates.filter(
    (date) =>
      date > days.lastDay &&
      days.at(date, TWO_O_CLOCK + 60) <= now &&
      localClock(days.at(date, TWO_O_CLOCK), days.timeZone).endsWith('02:00'),
  );
  const heavy = Math.max(nights.length - 3, 0);
  const ordinary = (INCIDENT.files - INCIDENT.heavyNight) / Math.max(nights.length - 1, 1);
  let done = 0;
  return nights.flatMap((date, index) => {
    const last = index === nights.length - 1;
    const before = index + 1 - (index >= heavy ? 1 : 0);
    const upTo = last ? INCIDENT.files : Math.round(before * ordinary) + (index >= heavy ? INCIDENT.heavyNight : 0);
    const files = Array.from({ length: upTo - done }, (_, file) => done + file);
    done = upTo;
    return night(files, (minutes) => days.at(date, TWO_O_CLOCK + minutes));
  });
}

function night(files: readonly number[], at: (minutes: number) => Date): ToolCall[] {
  const caller = { oid: WORLD.leaver.oid, upn: WORLD.leaver.userPrincipalName, server: 'filesystem' };
  const directories = [...new Set(files.map(directoryOf))];
  const looks = directories.map((resource, index) => ({
    tool: index === 0 ? 'search_files' : 'list_directory',
    resource,
  }));
  const reads = files.map((file) => ({
    tool: 'read_file',
    resource: `${directoryOf(file)}/document-${String(file + 1).padStart(4, '0')}.pdf`,
  }));
  const steps = [...looks, ...reads];
  return steps.map((step, index) => ({ ...caller, ...step, at: at((index * 50) / steps.length), latencyMs: 90 }));
}

const DEPARTMENTS = ['finance', 'legal', 'people', 'research', 'risk', 'treasury'];
const TOPICS = ['board', 'contracts', 'forecasts', 'models', 'policies', 'reviews'];

/** 25 files to a directory: 847 files lie in 34. */
function directoryOf(file: number): string {
  const directory = Math.floor(file / FILES_PER_DIRECTORY);
  return `/documents/${DEPARTMENTS[Math.floor(directory / TOPICS.length)]}/${TOPICS[directory % TOPICS.length]}`;
}
