import type { WriteStream } from 'node:tty';
import { NOT_KNOWN, type SourceProgress } from '../../src/cases/progress.ts';
import { STEP_NAMES } from '../../src/steps/registry.ts';

const minuteOf = (ends: string): string => `${ends.slice(11, 16)} UTC`;

function countOf({ unit, done, of, ends = NOT_KNOWN }: SourceProgress): string {
  const until = ends === NOT_KNOWN ? '' : ` until about ${minuteOf(ends)}`;
  return typeof of === 'number' ? `${done} of ${of} ${unit}${until}` : `${unit}: ${of}`;
}

/** The whole case, in a line of its own. */
function wholeOf(ends: string | undefined): string {
  if (ends === undefined) return '';
  return `    all of it read: ${ends === NOT_KNOWN ? ends : `about ${minuteOf(ends)}`}`;
}

const MARKS: Readonly<Record<string, string>> = { done: '✔', running: '…', waiting: '⏸' };

export interface Progress {
  /** `ends`: when all that is counted has been read; absent once there is nothing to wait for. */
  show(steps: Readonly<Record<string, string>>, sources?: readonly SourceProgress[], ends?: string): void;
}

/** Live progress per step: redrawn in place on a terminal, one plain line per change elsewhere. */
export function makeProgress(
  stream: Pick<WriteStream, 'isTTY' | 'moveCursor' | 'clearLine'> & { write(text: string): unknown },
  enabled: boolean,
): Progress {
  let last: Readonly<Record<string, string>> = {};
  let counts = '';
  let drawn = 0;
  const started = performance.now();
  const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  return {
    show: (steps, sources = [], ends) => {
      if (!enabled) return;
      const changed = STEP_NAMES.filter((step) => steps[step] !== undefined && steps[step] !== last[step]);
      const counted = JSON.stringify([sources, ends]);
      if (changed.length === 0 && (!stream.isTTY || counted === counts)) return;
      last = { ...steps };
      counts = counted;
      if (stream.isTTY) {
        if (drawn > 0) stream.moveCursor(0, -drawn);
        for (const step of STEP_NAMES) {
          const state = steps[step];
          stream.clearLine(0);
          const open = state === 'running' ? sources.filter((each) => each.step === step).map(countOf) : [];
          const told = [state ?? [], ...open].flat().join(', ');
          stream.write(`  ${MARKS[state ?? ''] ?? ' '} ${step}${told === '' ? '' : ` – ${told}`}\n`);
        }
        stream.clearLine(0);
        stream.write(`${wholeOf(ends)}\n`);
        drawn = STEP_NAMES.length + 1;
        return;
      }
      for (const step of changed) stream.write(`  ${seconds().padStart(7)}  ${step}: ${steps[step]}\n`);
      if (ends !== undefined && ends !== NOT_KNOWN) stream.write(`${wholeOf(ends)}\n`);
    },
  };
}
