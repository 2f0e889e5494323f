import {
  addDays,
  type LocalDate,
  localDate,
  offsetAt,
  startOfDay,
  weekday,
} from '../../../src/steps/activity-audit/rules/calendar/business-calendar.ts';
import { lastDayOf } from '../seeds/last-day.ts';
import { WORLD } from '../seeds/world.ts';
import type { ToolCall } from './state.ts';

const DAYS = 90;
const DAY_MS = 86_400_000;

/** Turns the business's date and clock into instants. */
export interface Days {
  readonly timeZone: string;
  readonly dates: readonly LocalDate[];
  readonly lastDay: LocalDate;
  at(date: LocalDate, minutes: number): Date;
}

export function daysUntil(now: Date, timeZone: string = WORLD.timeZone): Days {
  const today = localDate(now, timeZone);
  const starts = new Map<LocalDate, Date>();
  const startOf = (date: LocalDate): Date => {
    const start = starts.get(date) ?? startOfDay(date, timeZone);
    starts.set(date, start);
    return start;
  };
  return {
    timeZone,
    dates: Array.from({ length: DAYS }, (_, index) => addDays(today, index + 1 - DAYS)),
    lastDay: lastDayOf(now, timeZone),
    at: (date, minutes) => {
      const start = startOf(date).getTime();
      const guess = start + minutes * 60_000;
      // On the two days a year on which clocks change, noon is not twelve hours after midnight.
      const shift = changesClocks(date) ? offsetAt(new Date(guess), timeZone) - offsetAt(new Date(start), timeZone) : 0;
      return new Date(guess - shift);
    },
  };

  function changesClocks(date: LocalDate): boolean {
    return startOf(addDays(date, 1)).getTime() - startOf(date).getTime() !== DAY_MS;
  }
}

/** Numbers from 0 to 1 that are the same in every run. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const TOOLS = [
  { server: 'filesystem', tool: 'read_file', resource: '/documents/engineering/notes/note' },
  { server: 'filesystem', tool: 'list_directory', resource: '/documents/engineering/notes' },
  { server: 'github', tool: 'get_file_contents', resource: `${WORLD.github.organisation}/pricing-engine/src/module` },
  { server: 'github', tool: 'search_code', resource: `${WORLD.github.organisation}/pricing-engine` },
  {
    server: 'github',
    tool: 'create_pull_request',
    resource: `${WORLD.github.organisation}/pricing-engine`,
    scope: 'mcp.tools.write',
  },
  { server: 'jira', tool: 'get_issue', resource: 'PRICE' },
] as const;

/** What a person does through MCP servers on working days, between nine and half past six. */
export function personsCalls(
  person: { readonly oid: string; readonly upn: string },
  days: Days,
  seed: number,
  until: LocalDate,
): ToolCall[] {
  const random = sequence(seed);
  const calls: ToolCall[] = [];
  for (const date of days.dates) {
    if (weekday(date) > 4 || date > until) continue;
    const count = 10 + Math.floor(random() * 12);
    for (let index = 0; index < count; index += 1) {
      const task = TOOLS[Math.floor(random() * TOOLS.length)] ?? TOOLS[0];
      const numbered = task.tool === 'read_file' || task.tool === 'get_file_contents' || task.tool === 'get_issue';
      calls.push({
        at: days.at(date, 540 + random() * 570),
        ...person,
        ...task,
        resource: numbered ? `${task.resource}-${Math.floor(random() * 60)}` : task.resource,
        latencyMs: 15 + Math.floor(random() * 200),
        status: random() < 0.01 ? 403 : 200,
      });
    }
  }
  return calls;
}

/** What a pipeline identity does: a few reads every hour, weekends included. It has no user principal name. */
export function pipelinesCalls(oid: string, days: Days, seed: number): ToolCall[] {
  const random = sequence(seed);
  return days.dates.flatMap((date) =>
    Array.from({ length: 24 }, (_, hour) => ({
      at: days.at(date, hour * 60 + random() * 50),
      oid,
      server: 'github',
      tool: 'get_file_contents',
      resource: `${WORLD.github.organisation}/deployments/environments-${Math.floor(random() * 12)}`,
    })),
  );
}
