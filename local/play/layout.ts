import { foreign, type Markup, markup } from '../../src/html/markup.ts';

/** The pages of the play, in the order of their links. */
const PAGES = [
  ['/', 'Do something'],
  ['/issues', 'Issues'],
  ['/teams', 'Teams'],
  ['/webhooks', 'Webhooks'],
  ['/dead-letters', 'Rejections'],
] as const;

/** How many there are behind a link; absent where nobody counts. */
export type Counts = Readonly<Partial<Record<string, number>>>;

/** A whole page. Nothing in it runs, and everything it loads is the one stylesheet of this server. */
export function layout(at: string, title: string, counts: Counts, body: Markup): Markup {
  const links = PAGES.map(([href, text]) => {
    const count = counts[href];
    return markup`<li><a href="${href}"${href === at ? markup` aria-current="page"` : ''}>${text}${
      count === undefined ? '' : markup` <span class="count">${count}</span>`
    }</a></li>`;
  });
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Play</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<a class="skip" href="#main">Skip to the page</a>
<header><p class="product">A simulated firm</p><nav aria-label="Pages"><ul>${links}</ul></nav></header>
<main id="main" tabindex="-1">
<h1>${foreign(title)}</h1>
${body}
</main>
</body>
</html>
`;
}

/** What stands where there is nothing yet. */
export function nothing(text: string): Markup {
  return markup`<p class="nothing">${text}</p>`;
}
