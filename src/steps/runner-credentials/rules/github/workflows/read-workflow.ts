import { type Document, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import { isMap } from '../../code/code-reference.ts';

/** Whether a workflow file starts by itself. `unreadable`: not YAML that we can read, so that nobody knows. */
export type WorkflowTriggers =
  | {
      readonly kind: 'scheduled';
      readonly crons: readonly string[];
      /** The lines on which the cron expressions stand, counted from 1; empty where they cannot be told. */
      readonly lines: readonly number[];
    }
  | { readonly kind: 'not-scheduled' }
  | { readonly kind: 'unreadable' };

/**
 * What the file's `on` says, in its three spellings: one event, a list of events, or a map of them.
 * Source: docs.github.com/actions, "Workflow syntax", on.
 */
export function readWorkflowTriggers(text: string): WorkflowTriggers {
  const file = parsed(text);
  const workflow = file?.content;
  if (file === undefined || !isMap(workflow)) return { kind: 'unreadable' };
  // YAML 1.1 reads the key `on` as true, and GitHub accepts such files; so does a quoted key.
  const on = workflow.on ?? workflow.true;
  if (typeof on === 'string') return on === 'schedule' ? NO_CRON : { kind: 'not-scheduled' };
  if (Array.isArray(on)) return on.includes('schedule') ? NO_CRON : { kind: 'not-scheduled' };
  if (!isMap(on)) return { kind: 'unreadable' };
  if (!('schedule' in on)) return { kind: 'not-scheduled' };
  const crons = cronsOf(on.schedule);
  return { kind: 'scheduled', crons, lines: cronLines(file.document, file.counter, new Set(crons)) };
}

/** The content of a workflow file as plain data; undefined where it is not YAML, or no map. */
export function readWorkflow(text: string): Readonly<Record<string, unknown>> | undefined {
  const content = parsed(text)?.content;
  return isMap(content) ? content : undefined;
}

const NO_CRON: WorkflowTriggers = { kind: 'scheduled', crons: [], lines: [] };

interface ParsedFile {
  readonly content: unknown;
  readonly document: Document;
  readonly counter: LineCounter;
}

/** Wherever a cron expression of the schedule is written: it may stand behind an anchor, outside of `on`. */
function cronLines(document: Document, counter: LineCounter, crons: ReadonlySet<string>): number[] {
  const lines: number[] = [];
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || key.value !== 'cron' || !isScalar(value)) return;
      if (crons.has(String(value.value)) && value.range) lines.push(counter.linePos(value.range[0]).line);
    },
  });
  return lines;
}

function parsed(text: string): ParsedFile | undefined {
  try {
    const counter = new LineCounter();
    const document = parseDocument(text, { logLevel: 'silent', uniqueKeys: false, lineCounter: counter });
    if (document.errors.length > 0) return undefined;
    return { content: document.toJS({ maxAliasCount: 100 }), document, counter };
  } catch {
    // More aliases than a person would write: a file that grows when it is read.
    return undefined;
  }
}

function cronsOf(schedule: unknown): string[] {
  if (!Array.isArray(schedule)) return [];
  return schedule.flatMap((entry) => (isMap(entry) && typeof entry.cron === 'string' ? [entry.cron] : []));
}
