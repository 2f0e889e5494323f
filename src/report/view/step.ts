import { isGap, isStandingLimit } from '../../cases/coverage/coverage.ts';
import { isRemedyId } from '../../cases/ids.ts';
import type { Action } from '../../cases/remedies/remedy.ts';
import { counted } from '../../cases/words/wording.ts';
import { type Block, type Cell, cell, text } from '../../html/blocks.ts';
import { type StepReport, titleOf } from '../../steps/registry.ts';
import { RESULT_LABELS, RUN_LABELS } from '../wording.ts';
import { coverageBlocks } from './coverage.ts';
import { findingBlocks, type Told } from './findings.ts';

/** A step in one line: how it ran, and how much it tells. */
export function stepInWords(step: StepReport): string {
  const gaps = step.coverage.filter(isGap).length;
  const sources = counted(step.coverage.filter((line) => !isStandingLimit(line)).length, 'source');
  return [
    RUN_LABELS[step.run].text,
    counted(step.findings.length, 'finding'),
    counted(step.actions.length, 'action'),
    gaps === 0 ? sources : `${gaps} of ${sources} not complete`,
  ].join(' · ');
}

/** One step: its findings, what was done, and what was looked at. `own` is what the step itself has to show. */
export function stepBlocks(step: StepReport, told: Told, own: readonly Block[] = []): Block[] {
  return [
    ...step.failures.map(({ code, message }) =>
      text([{ label: { text: 'stopped', tone: 'bad' } }, ' ', { code }, ` ${message}`], 'alarm'),
    ),
    ...own,
    ...findingBlocks(step, told),
    ...actions(step),
    ...coverageBlocks(step),
  ];
}

function actions({ actions, step }: StepReport): Block[] {
  if (actions.length === 0) return [];
  const columns = [
    { title: 'Result', className: 'status' },
    { title: 'Action' },
    { title: 'At', className: 'at' },
    { title: 'Request id', className: 'request' },
    { title: 'Before-image', className: 'request' },
  ];
  const caption = `Actions of ${titleOf(step).toLowerCase()}`;
  return [
    {
      kind: 'folded',
      title: `${counted(actions.length, 'action')} carried out`,
      blocks: [{ kind: 'table', caption, columns, rows: actions.map(actionRow) }],
    },
  ];
}

function actionRow({ result, what, error, at, requestId, beforeImage, remedyId }: Action): Cell[] {
  return [
    cell({ label: RESULT_LABELS[result] }),
    [
      text(what),
      ...(error === undefined ? [] : [text(error, 'error')]),
      ...(isRemedyId(remedyId) ? [text({ code: remedyId }, 'meta')] : []),
    ],
    cell({ time: at }),
    requestId === undefined ? [text('none given', 'none')] : cell({ code: requestId }),
    beforeImage === undefined
      ? [text('none', 'none')]
      : [
          text({ code: beforeImage.name.replace(/^cases\/[^/]+\//, '') }),
          text(['SHA-256 ', { code: beforeImage.sha256 }], 'meta'),
        ],
  ];
}
