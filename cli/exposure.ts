import type { Schemas } from './calling/client.ts';
import { oneLine } from './terminal/table.ts';

type Own = Schemas['OwnExposure'];
type Company = Schemas['Exposure'];

/** One’s own list in lines: what is hardest to mend first. */
export function describeOwn({ readAt, state, surviving, paths, notRead }: Own): string {
  const least = state === 'exact' ? '' : 'at least ';
  const list = paths.flatMap(({ title, where, survives, why, remedy }) => [
    oneLine(`${survives ? 'would still work' : 'would end'}: ${title}`),
    `    ${oneLine(where)}`,
    `    ${oneLine(why)}`,
    `    What to do: ${oneLine(remedy.todo)}`,
    ...(remedy.link === undefined ? [] : [`      ${remedy.link}`]),
    ...(remedy.command === undefined ? [] : [`      ${oneLine(remedy.command)}`]),
  ]);
  return [
    `If you left today, ${least}${surviving} ${surviving === 1 ? 'thing' : 'things'} of yours would still work (read at ${readAt}).`,
    ...list,
    ...notRead.map(({ detail }) => `not read: ${oneLine(detail)}`),
    '',
  ].join('\n');
}

/** The figures of the firm in lines; what is withheld is said to be. */
export function describeCompany({ readAt, state, bands, kinds, notRead }: Company): string {
  const number = (people: number | null): string => (people === null ? 'withheld' : String(people));
  const things: Readonly<Record<Company['bands'][number]['band'], string>> = {
    '0': 'nothing',
    '1-2': '1 or 2 things',
    '3-5': '3 to 5 things',
    more: 'more than 5 things',
  };
  return [
    `Read at ${readAt}${state === 'exact' ? '' : '; there may be more than was read'}.`,
    'A number below 5 is withheld, and so is any from which it could be worked out.',
    'People by how much of theirs would still work:',
    ...bands.map(({ band, people }) => `  ${things[band]}: ${number(people)}`),
    'People by what of theirs would still work:',
    ...kinds.map(({ kind, people }) => `  ${kind}: ${number(people)}`),
    ...notRead.map(({ reason, source, detail }) => oneLine(`not read, ${reason}: ${source}: ${detail}`)),
    '',
  ].join('\n');
}
