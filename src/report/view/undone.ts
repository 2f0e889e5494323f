import { isBack, type Undone } from '../../cases/remedies/restore.ts';
import { type Block, type Cell, cell, text } from '../../html/blocks.ts';
import type { Label } from '../../html/label.ts';
import type { Report } from '../report.ts';

const RESULTS: Readonly<Record<Undone['result'], Label>> = {
  restored: { text: 'given back', tone: 'good' },
  unseen: { text: 'given back, not seen', tone: 'warn' },
  there: { text: 'was back already', tone: 'quiet' },
  other: { text: 'left alone', tone: 'warn' },
  failed: { text: 'failed', tone: 'bad' },
  'by-hand': { text: 'by hand', tone: 'warn' },
  nothing: { text: 'cannot be undone', tone: 'warn' },
};

/** What people had undone of the case: who, why, when, and what came of each thing. */
export function undoneBlocks(restores: NonNullable<Report['case']['restores']>): Block[] {
  return restores.flatMap(({ n, by, at, reason, revision, whole, undone }): Block[] => [
    text([
      { strong: `${undone.filter(isBack).length} of ${undone.length} given back.` },
      ` ${whole === true ? 'Everything' : 'Some'} that report ${revision} had cut was asked for by `,
      { code: by },
      ' at ',
      { time: at },
      `: ${reason}`,
    ]),
    {
      kind: 'table',
      caption: `What was undone, ${n}`,
      columns: [
        { title: 'Result', className: 'status' },
        { title: 'Remedy' },
        { title: 'At', className: 'at' },
        { title: 'Read back', className: 'request' },
      ],
      rows: undone.map(undoneRow),
      entries: true,
    },
  ]);
}

function undoneRow({ result, what, why, undo, before, at, findingId, readBack }: Undone): Cell[] {
  const isLeft = result !== 'restored' && result !== 'there';
  return [
    cell({ label: RESULTS[result] }),
    [
      text(what),
      ...(why === undefined ? [] : [text(why, 'error')]),
      ...(isLeft ? [text(result === 'nothing' ? undo : `To give it back: ${undo}`, 'meta')] : []),
      ...(isLeft && before !== undefined ? [text(['As it was before: ', { code: before }], 'meta')] : []),
      text({ code: findingId }, 'meta'),
    ],
    cell({ time: at }),
    readBack === undefined
      ? [text('not read back', 'none')]
      : cell({ strong: readBack.state === 'present' ? 'there' : readBack.state }, ' ', { time: readBack.checkedAt }),
  ];
}
