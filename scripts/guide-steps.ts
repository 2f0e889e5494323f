/** What one code block of a guide has its reader do: write a new file, or change one as a patch says. */
export interface GuideStep {
  readonly kind: 'new' | 'change';
  /** From the root of the project. */
  readonly path: string;
  /** The file, or the patch. */
  readonly text: string;
}

const BLOCK = /^(?:New file `([^`\n]+)`:\n\n)?```(\w+)\n([\s\S]*?)^```$/gm;

/** The steps of a guide, in its order: a block under “New file `path`:”, and every block that is a patch. */
export function stepsOfGuide(markdown: string): GuideStep[] {
  return [...markdown.matchAll(BLOCK)].flatMap(([, file, language, text = '']): GuideStep[] => {
    if (file !== undefined) return [{ kind: 'new', path: file, text }];
    const changed = language === 'diff' ? /^\+\+\+ b\/(.+)$/m.exec(text)?.[1] : undefined;
    return changed === undefined ? [] : [{ kind: 'change', path: changed, text }];
  });
}
