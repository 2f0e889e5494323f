import { type Markup, markup } from '../../html/markup.ts';

/** No script, no request of any kind: the page holds everything that it shows. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** How every page that is filed begins, from the doctype to the end of the head. */
export function pageHead(title: string, styles: Markup): Markup {
  return markup`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${styles}</style>
</head>`;
}
