import { type Block, type Cell, cell, type Line, text } from '../../html/blocks.ts';
import { permittedBy, saidBy } from '../../people/answers/answers-in-words.ts';
import { accountsOf, type Leaver, type NamedAccount, notTheirsOf } from '../../people/leaver.ts';

const COLUMNS = [{ title: 'Account', className: 'source' }, { title: 'Theirs', className: 'status' }, { title: 'Why' }];

/** Which accounts the case takes for the person's, and why; and which it does not. */
export function accountBlocks(leaver: Leaver): Block[] {
  const rows = accountsOf(leaver).map(accountRow);
  const { none, others } = notTheirsOf(leaver);
  return [
    ...(rows.length === 0
      ? [text('No account of the person was resolved.', 'none')]
      : [{ kind: 'table', caption: 'Accounts of the person', columns: COLUMNS, rows } as const]),
    ...(none === undefined ? [] : [text(none)]),
    ...(others.length === 0
      ? []
      : [
          { kind: 'heading', text: 'Not theirs, though they look like it' } as const,
          {
            kind: 'list',
            lines: others.map(
              ({ vendor, login, id, whose }): Line => [`${vendor} `, { code: login }, ' ', { code: id }, `: ${whose}`],
            ),
          } as const,
        ]),
    ...answerBlocks(leaver),
  ];
}

const ANSWERS = [{ title: 'Answer' }, { title: 'Counts as', className: 'status' }, { title: 'By whom' }];

/** What people answered about the person, withdrawn answers too, and what this report made of each. */
function answerBlocks({ answers = [] }: Leaver): Block[] {
  if (answers.length === 0) return [];
  const rows = answers.map((answer): Cell[] => {
    const { n, by, at, reason, evidenceUrl, confirmed, withdrawn } = answer;
    return [
      [text(`${n}. ${saidBy(answer)}`), text(reason), ...(evidenceUrl === undefined ? [] : [text(evidenceUrl)])],
      cell(permittedBy(answer)),
      [
        text(['Given by ', { code: by }, ' at ', { time: at }]),
        ...wordIn('Confirmed', confirmed),
        ...wordIn('Withdrawn', withdrawn),
      ],
    ];
  });
  return [
    { kind: 'heading', text: 'What people answered' },
    { kind: 'table', caption: 'Answers about the person', columns: ANSWERS, rows },
  ];
}

function wordIn(said: string, word: NonNullable<Leaver['answers']>[number]['confirmed']): Cell {
  if (word === undefined) return [];
  return [text([`${said} by `, { code: word.by }, ' at ', { time: word.at }, `: ${word.reason}`])];
}

/** What is done on an account that is known that well, as `src/steps/permitted.ts` has it. */
const THEIRS: Readonly<Record<NamedAccount['confidence'], string>> = {
  proved: 'proved',
  likely: 'likely: searched for, and nothing is cut without a person’s decision',
  weak: 'perhaps: only mentioned, and nothing is cut',
};

function accountRow({ vendor, name, id, confidence, source, evidence, formerLogins }: NamedAccount): Cell[] {
  const former = formerLogins.map(({ login, from, to }) =>
    text([
      'Was called ',
      { code: login },
      ' from ',
      { time: from },
      ' to ',
      { time: to },
      '; anybody may have that name since.',
    ]),
  );
  const why =
    evidence.length === 0
      ? cell('Read from ', { code: source })
      : evidence.map(({ code, source, what }) => text([`${what} (${code}, `, { code: source }, ')']));
  return [cell(`${vendor} `, { code: name }, ' ', { code: id }), cell(THEIRS[confidence]), [...why, ...former]];
}
