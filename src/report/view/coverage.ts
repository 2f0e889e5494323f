import { type Coverage, isGap } from '../../cases/coverage/coverage.ts';
import { counted } from '../../cases/words/wording.ts';
import { type Block, type Cell, cell, type Pair, type Piece, type TableBlock, text } from '../../html/blocks.ts';
import { amount } from '../../html/parts.ts';
import { type StepReport, titleOf } from '../../steps/registry.ts';
import { readLines, type UnreadGroup, unreadGroups } from '../unread.ts';
import { COVERAGE_LABELS } from '../wording.ts';

/** What was looked at: what is not complete first, folded what is, and what nobody read. */
export function coverageBlocks({ coverage, step }: StepReport): Block[] {
  const read = readLines(coverage);
  const gaps = read.filter(isGap);
  const whole = read.filter((line) => !isGap(line));
  const title = titleOf(step).toLowerCase();
  return [
    { kind: 'heading', text: 'Coverage' },
    ...(read.length === 0 ? [text('No source was read.', 'none')] : []),
    ...(gaps.length === 0 ? [] : [tableOf(gaps, `Sources of ${title} that were not read completely`)]),
    ...(whole.length === 0
      ? []
      : [
          {
            kind: 'folded',
            title: `${counted(whole.length, 'source')} read completely`,
            blocks: [tableOf(whole, `Sources of ${title} that were read completely`)],
          } as const,
        ]),
    ...unreadGroups(coverage).map(unreadBlock),
  ];
}

function tableOf(lines: readonly Coverage[], caption: string): TableBlock {
  const columns = [
    { title: 'Source', className: 'source' },
    { title: 'State', className: 'status' },
    { title: 'Looked at', className: 'looked' },
    { title: 'What is missing' },
  ];
  return { kind: 'table', caption, columns, rows: lines.map(coverageRow) };
}

function coverageRow({ source, state, looked, detail, missingPermission }: Coverage): Cell[] {
  const { asked, count, unit } = looked;
  const of = asked === undefined || asked === count ? '' : ` of ${amount(asked)}`;
  return [
    cell({ code: source }),
    cell({ label: COVERAGE_LABELS[state] }),
    cell({ strong: amount(count) }, `${of} ${unit}`),
    [
      ...(missingPermission === undefined ? [] : [text(['Missing permission ', { code: missingPermission }])]),
      ...(detail === undefined ? [] : [text(detail)]),
    ],
  ];
}

/** What nobody read for one reason, with what may live in each source and what somebody can do about it. */
function unreadBlock({ title, gap, decision, lines }: UnreadGroup): Block {
  return {
    kind: 'fold',
    label: { text: title, tone: gap ? 'warn' : 'quiet' },
    line: [decision],
    pairs: lines.map(({ source, detail = '', missingPermission, exemption }): Pair => {
      const withheld: Piece[] =
        missingPermission === undefined ? [] : ['Missing permission ', { code: missingPermission }, '. '];
      const exempt: Piece[] =
        exemption === undefined
          ? []
          : [' ', { strong: `Exempt until ${exemption.until}` }, `, by ${exemption.by}: ${exemption.reason}`];
      return [{ code: source }, [...withheld, detail, ...exempt]];
    }),
  };
}
