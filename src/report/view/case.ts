import type { FindingId } from '../../cases/ids.ts';
import { counted } from '../../cases/words/wording.ts';
import { type Block, type Cell, cell, text } from '../../html/blocks.ts';
import { amount } from '../../html/parts.ts';
import { titleOf } from '../../steps/registry.ts';
import type { Report, ResidualAccess } from '../report.ts';
import { STATUS_LABELS } from '../wording.ts';

/** What is over by itself at a known time. */
export function residualBlocks(residual: readonly ResidualAccess[]): Block[] {
  const columns = [
    { title: 'Until', className: 'at' },
    { title: 'What' },
    { title: 'Why' },
    { title: 'Step', className: 'source' },
  ];
  const rows = residual.map(({ until, title, why, step }) => [
    cell({ time: until }),
    cell(title),
    cell(why),
    cell({ section: step, name: titleOf(step) }),
  ]);
  return [{ kind: 'table', caption: 'Access that ends by itself', columns, rows }];
}

/** What is new, gone or changed since the report before; none where nothing is. */
export function changeBlocks({ comparison, steps }: Report): Block[] {
  if (comparison === undefined) return [];
  const found = new Map(steps.flatMap(({ findings }) => findings).map((each) => [each.id, each]));
  const label = (status: string): string =>
    Object.entries(STATUS_LABELS).find(([is]) => is === status)?.[1].text ?? status;
  const line = (change: string, id: FindingId, was: string): Cell[] => {
    const now = found.get(id);
    return [cell(change), cell(now?.title ?? ''), cell(was), cell(now === undefined ? 'not found' : label(now.status))];
  };
  const rows = [
    ...comparison.new.map((id) => line('new', id, 'not found')),
    ...comparison.changed.map(({ id, before }) => line('changed', id, label(before))),
    ...comparison.gone.map(({ title, status }) => [cell('gone'), cell(title), cell(label(status)), cell('not found')]),
  ];
  if (rows.length === 0) return [];
  const columns = [
    { title: 'Change', className: 'looked' },
    { title: 'Finding' },
    { title: 'Before', className: 'status' },
    { title: 'Now', className: 'status' },
  ];
  return [{ kind: 'table', caption: 'Changes since the report before', columns, rows }];
}

/** The files that the report rests on, and what texts were searched for. */
export function evidenceBlocks({ manifest, plan, tokenFormats }: Report): Block[] {
  const columns = [{ title: 'File' }, { title: 'Bytes', className: 'looked' }, { title: 'SHA-256', className: 'sha' }];
  const folder = manifest.name.replace(/[^/]*$/, '');
  const rows = manifest.files.map(({ name, bytes, sha256 }) => [
    cell({ code: name.startsWith(folder) ? name.slice(folder.length) : name }),
    cell(amount(bytes)),
    cell({ code: sha256 }),
  ]);
  return [
    text([
      `${counted(manifest.files.length, 'file')} besides this report, in `,
      { code: folder },
      '; ',
      { code: manifest.name },
      ' seals them all, and this report.',
    ]),
    ...(plan === undefined
      ? []
      : [text([`Plan of ${counted(plan.remedies, 'remedy', 'remedies')}, SHA-256 `, { code: plan.hash }])]),
    {
      kind: 'folded',
      title: 'The files and their digests',
      blocks: [{ kind: 'table', caption: 'Files of the evidence', columns, rows }],
    },
    text(`Token formats known: ${tokenFormats.join(', ')}. A token of another format was not looked for.`),
  ];
}
