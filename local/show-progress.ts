import type { WriteStream } from 'node:tty';
import { NOT_KNOWN, type SourceProgress } from '../src/cases/progress.ts';
import { STEP_NAMES } from '../src/steps/registry.ts';

function countOf({ unit, done, of, ends = NOT_KNOWN }: SourceProgress): string {
  const until = ends === NOT_KNOWN ? '' : ` until about ${ends.slice(11, 16)} UTC`;
  return typeof of === 'number' ? `${done} of ${of} ${unit}${until}` : `${unit}: ${of}`;
}

const MARKS: Readonly<Record<string, string>> = { done: '✔', running: '…', waiting: '⏸' };

export interface Progress {
  show(steps: Readonly<Record<string, string>>, sources?: readonly SourceProgress[]): void;
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
    show: (steps, sources = []) => {
      if (!enabled) return;
      const changed = STEP_NAMES.filter((step) => steps[step] !== undefined && steps[step] !== last[step]);
      const counted = JSON.stringify(sources);
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
        drawn = STEP_NAMES.length;
        return;
      }
      for (const step of changed) stream.write(`  ${seconds().padStart(7)}  ${step}: ${steps[step]}\n`);
    },
  };
}
