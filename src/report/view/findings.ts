import type { CaseMode } from '../../cases/case.ts';
import { type Evidence, isClosed, type ReportFinding } from '../../cases/finding.ts';
import type { Impact } from '../../cases/remedies/remedy.ts';
import { findingLink } from '../../cases/words/console-link.ts';
import { counted } from '../../cases/words/wording.ts';
import {
  type Block,
  type Cell,
  joined,
  type Line,
  type Pair,
  type TableBlock,
  type TextBlock,
  text,
} from '../../html/blocks.ts';
import type { Leaver } from '../../people/leaver.ts';
import { howTo } from '../../steps/act/how-to.ts';
import { type StepReport, titleOf } from '../../steps/registry.ts';
import { statusLabel } from '../wording.ts';
import { howPieces } from './next.ts';

/** What the findings are told for: whose they are, in which mode, and where the console shows them. */
export interface Told {
  readonly mode: CaseMode;
  readonly leaver: Pick<Leaver, 'oid' | 'manager'>;
  /** Address of the case in the console. */
  readonly link?: string;
}

/** The findings of a step: what is open, and folded what is closed. */
export function findingBlocks({ findings, step }: StepReport, told: Told): Block[] {
  const open = findings.filter((finding) => !isClosed(finding));
  const closed = findings.filter(isClosed);
  const title = titleOf(step).toLowerCase();
  return [
    { kind: 'heading', text: 'Findings' },
    ...(findings.length === 0 ? [text('No findings.', 'none')] : []),
    ...(open.length === 0 ? [] : [tableOf(open, `Open findings of ${title}`, told)]),
    ...(closed.length === 0
      ? []
      : [
          {
            kind: 'folded',
            title: `${counted(closed.length, 'finding')} closed`,
            blocks: [tableOf(closed, `Closed findings of ${title}`, told)],
          } as const,
        ]),
  ];
}

function tableOf(findings: readonly ReportFinding[], caption: string, told: Told): TableBlock {
  const columns = [
    { title: 'Status', className: 'status' },
    { title: 'Finding' },
    { title: 'Evidence', className: 'evidence' },
    { title: 'Remedy', className: 'remedy' },
  ];
  return { kind: 'table', caption, columns, rows: findings.map((each) => findingRow(each, told)), entries: true };
}

function findingRow(finding: ReportFinding, told: Told): Cell[] {
  const { severity, status, title, reason, resource, id, residual, evidence } = finding;
  const name = { code: resource.name ?? resource.id, ...(resource.url === undefined ? {} : { link: resource.url }) };
  const shown = told.link === undefined ? { code: id } : { code: id, link: findingLink(told.link, id) };
  return [
    [text({ label: statusLabel(status, told.mode) }), text(severity, `severity ${severity}`)],
    [
      text(title, 'title'),
      text(reason),
      text([name, ` ${resource.system} · ${resource.type} `, shown], 'meta'),
      ...(residual === undefined
        ? []
        : [
            text(
              [{ label: { text: 'ends by itself', tone: 'wait' } }, ' ', { time: residual.until }, ` ${residual.why}`],
              'meta',
            ),
          ]),
    ],
    evidenceCell(evidence),
    remedyCell(finding, told),
  ];
}

function evidenceCell(evidence: Evidence): Cell {
  const pairs = Object.entries(evidence).map(([key, value]): Pair => [key, [{ code: valueText(value) }]]);
  return pairs.length === 0 ? [text('none', 'none')] : [{ kind: 'pairs', pairs }];
}

function valueText(value: Evidence[string]): string {
  if (Array.isArray(value)) return value.join(', ');
  return value === null ? 'not known' : String(value);
}

function remedyCell(finding: ReportFinding, told: Told): Cell {
  const { remedy, readBack } = finding;
  const how = isClosed(finding) ? [] : [text(howPieces(howTo(finding, told.leaver)), 'meta')];
  if (remedy === undefined) return [text('By hand.'), ...how];
  const waits: Line = remedy.risk === 'disruptive' ? [{ label: { text: 'a person decides', tone: 'warn' } }, ' '] : [];
  return [
    text(remedy.what),
    text([...waits, `Undo: ${remedy.undo}`], 'meta'),
    ...impact(remedy.impact),
    ...how,
    ...(readBack === undefined
      ? []
      : [
          text(
            [
              'Read back ',
              { time: readBack.checkedAt },
              ': ',
              { strong: READ_BACK[readBack.state] },
              ...(readBack.detail === undefined ? [] : [` ${readBack.detail}`]),
            ],
            'meta',
          ),
        ]),
  ];
}

function impact(all: readonly Impact[] = []): TextBlock[] {
  const line = (word: string, some: readonly Impact[]): TextBlock[] =>
    some.length === 0
      ? []
      : [
          text(
            [
              `${word}: `,
              ...joined(some.map(({ what, link }): Line => [{ code: what, ...(link === undefined ? {} : { link }) }])),
            ],
            'meta',
          ),
        ];
  return [
    ...line(
      'Stops',
      all.filter(({ perhaps }) => perhaps !== true),
    ),
    ...line(
      'May stop',
      all.filter(({ perhaps }) => perhaps),
    ),
  ];
}

const READ_BACK: Readonly<Record<NonNullable<ReportFinding['readBack']>['state'], string>> = {
  gone: 'gone',
  present: 'still there',
  'could-not-check': 'could not check',
};
