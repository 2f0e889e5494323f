import { foreign, type Markup, markup } from '../../html/markup.ts';
import type { Report, SummaryLine } from '../report.ts';
import { aboutOf, filterOf, isUrgent } from '../view/next.ts';
import { NEXT } from '../wording.ts';
import { howOf, severityOf } from './first-screen.ts';

const FILTERS = [
  { id: 'all', title: 'All', shows: () => true },
  { id: 'urgent', title: 'Critical and high', shows: isUrgent },
  { id: 'decide', title: 'To approve or reject', shows: (line: SummaryLine) => filterOf(line) === 'decide' },
  { id: 'act', title: 'By hand', shows: (line: SummaryLine) => filterOf(line) === 'act' },
] as const;

/** So few lines are read without a filter. */
const FEW = 4;

/** Everything that is left to do, by machine, repository and identity; filtered by the style sheet alone. */
export function leftSection({ summary: { next } }: Report, link: string | undefined): Markup {
  const filters = FILTERS.map(({ id, title, shows }, index) => {
    const count = next.filter(shows).length;
    const input =
      index === 0
        ? markup`<input type="radio" name="show" id="show-${id}" checked>`
        : markup`<input type="radio" name="show" id="show-${id}">`;
    return markup`<label>${input} ${title} <b>${count}</b></label>`;
  });
  return markup`<section class="step" id="left" aria-labelledby="left-title">
<header><h2 id="left-title">${NEXT.title}</h2></header>
${next.length < FEW ? '' : markup`<fieldset class="filter"><legend class="heard">Which of it is shown</legend>${filters}</fieldset>`}
<ol class="todo">${next.map((line) => todo(line, link))}</ol>
</section>
`;
}

function todo(line: SummaryLine, link: string | undefined): Markup {
  const classes = [filterOf(line), ...(isUrgent(line) ? ['urgent'] : [])].join(' ');
  const { parts = [] } = line;
  const own =
    parts.length === 0
      ? howOf(line, link)
      : markup`${line.ask === undefined ? '' : markup`<p class="how"><span class="ask">Ask ${foreign(line.ask)}</span></p>`}<details${isUrgent(line) ? markup` open` : ''}><summary>${parts.length} things to do</summary><ol>${parts.map(
          (part) => markup`<li><p class="line">${foreign(part.text, 1_200)}</p>${howOf(part, link)}</li>`,
        )}</ol></details>`;
  return markup`<li class="${classes}"><p class="about">${severityOf(line)}${foreign(aboutOf(line))}</p><p class="line">${foreign(line.text, 1_200)}</p>${own}</li>`;
}

/** The filters as rules of the style sheet: whatever is not of the chosen sort is not shown. */
export const FILTER_RULES = FILTERS.slice(1)
  .map(({ id }) => `#left:has(#show-${id}:checked) .todo>li:not(.${id}){display:none}`)
  .join('\n');
