import { parseDocument } from 'yaml';

/** Whether a workflow file starts by itself. `unreadable`: not YAML that we can read, so that nobody knows. */
export type WorkflowTriggers =
  | { readonly kind: 'scheduled'; readonly crons: readonly string[] }
  | { readonly kind: 'not-scheduled' }
  | { readonly kind: 'unreadable' };

/**
 * What the file's `on` says, in its three spellings: one event, a list of events, or a map of them.
 * Source: docs.github.com/actions, "Workflow syntax", on.
 */
export function readWorkflowTriggers(text: string): WorkflowTriggers {
  const workflow = parsed(text);
  if (!isMap(workflow)) return { kind: 'unreadable' };
  // YAML 1.1 reads the key `on` as true, and GitHub accepts such files; so does a quoted key.
  const on = workflow.on ?? workflow.true;
  if (on === undefined || on === null) return { kind: 'unreadable' };
  if (typeof on === 'string') return on === 'schedule' ? { kind: 'scheduled', crons: [] } : { kind: 'not-scheduled' };
  if (Array.isArray(on)) return on.includes('schedule') ? { kind: 'scheduled', crons: [] } : { kind: 'not-scheduled' };
  if (!isMap(on)) return { kind: 'unreadable' };
  return 'schedule' in on ? { kind: 'scheduled', crons: cronsOf(on.schedule) } : { kind: 'not-scheduled' };
}

function parsed(text: string): unknown {
  try {
    const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false });
    return document.errors.length > 0 ? undefined : document.toJS({ maxAliasCount: 100 });
  } catch {
    // More aliases than a person would write: a file that grows when it is read.
    return undefined;
  }
}

function cronsOf(schedule: unknown): string[] {
  if (!Array.isArray(schedule)) return [];
  return schedule.flatMap((entry) => (isMap(entry) && typeof entry.cron === 'string' ? [entry.cron] : []));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
