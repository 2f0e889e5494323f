import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { commandsIn, type ShellCommand } from './shell-commands.ts';

const root = path.resolve(import.meta.dirname, '../../..');

/** A fenced block of the operating guide. */
export interface Fence {
  /** File and line, for messages. */
  readonly at: string;
  readonly language: string;
  readonly text: string;
}

const FILES = ['docs/operating-guide.md', ...globSync('docs/operations/*.md', { cwd: root }).sort()];

/** Every fenced block of the operating guide's pages. */
export function fencesOfGuide(): Fence[] {
  return FILES.flatMap((file) => {
    const markdown = readFileSync(path.join(root, file), 'utf8');
    return [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => {
      const line = markdown.slice(0, match.index).split('\n').length;
      return { at: `${file}:${line}`, language: match[1] ?? '', text: match[2] ?? '' };
    });
  });
}

/** Every command of the guide. */
export function commandsOfGuide(): (ShellCommand & { readonly at: string })[] {
  return fencesOfGuide()
    .filter(({ language }) => language === 'sh')
    .flatMap(({ at, text }) => commandsIn(text).map((command) => ({ ...command, at })));
}

/** What whoever follows the guide reads besides. */
const AROUND = ['infra/README.md', 'docs/cost.md', ...globSync('infra/modules/*/README.md', { cwd: root }).sort()];

/** Links of the guide's and those pages to files of the project, with the page that has them. */
export function linksOfGuide(): { readonly from: string; readonly to: string }[] {
  return [...FILES, ...AROUND].flatMap((file) => {
    const markdown = readFileSync(path.join(root, file), 'utf8');
    return [...markdown.matchAll(/\]\((?!https?:)([^)#]+)?(#[^)]+)?\)/g)].map(
      ([, to = path.basename(file), anchor = '']) => ({
        from: file,
        to: `${path.join(path.dirname(file), to)}${anchor}`,
      }),
    );
  });
}
