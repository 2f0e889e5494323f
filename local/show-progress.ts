import type { WriteStream } from 'node:tty';
import { STEP_NAMES } from '../src/steps/registry.ts';

const MARKS: Readonly<Record<string, string>> = { done: '✔', running: '…', waiting: '⏸' };

export interface Progress {
  show(steps: Readonly<Record<string, string>>): void;
}

/** Live progress per step: redrawn in place on a terminal, one plain line per change elsewhere. */
export function makeProgress(
  stream: Pick<WriteStream, 'isTTY' | 'moveCursor' | 'clearLine'> & { write(text: string): unknown },
  enabled: boolean,
): Progress {
  let last: Readonly<Record<string, string>> = {};
  let drawn = 0;
  const started = performance.now();
  const seconds = (): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  return {
    show: (steps) => {
      if (!enabled) return;
      const changed = STEP_NAMES.filter((step) => steps[step] !== undefined && steps[step] !== last[step]);
      if (changed.length === 0) return;
      last = { ...steps };
      if (stream.isTTY) {
        if (drawn > 0) stream.moveCursor(0, -drawn);
        for (const step of STEP_NAMES) {
          const state = steps[step];
          stream.clearLine(0);
          stream.write(`  ${MARKS[state ?? ''] ?? ' '} ${step}${state === undefined ? '' : ` – ${state}`}\n`);
        }
        drawn = STEP_NAMES.length;
        return;
      }
      for (const step of changed) stream.write(`  ${seconds().padStart(7)}  ${step}: ${steps[step]}\n`);
    },
  };
}
