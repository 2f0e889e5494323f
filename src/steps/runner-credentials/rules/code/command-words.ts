/** A word of a command, with the option that stands right before it, whose value it may be. */
export interface Word {
  readonly word: string;
  readonly after?: string;
}

/** `--option=value`, `-Rvalue` and `-R=value` are an option and its value. */
export function split(words: readonly string[]): Word[] {
  const apart = words.flatMap((word) => {
    const joined = /^(--[\w-]{1,50})=(.+)/.exec(word) ?? /^(-R)=?([^=].*)/.exec(word);
    return joined === null ? [word] : joined.slice(1).map(bare);
  });
  return apart.map((word, at) => {
    const before = apart[at - 1];
    return before?.startsWith('-') === true && before !== '--' ? { word, after: before } : { word };
  });
}

/** The program that a word names, without its folder. */
export function programOf(word: string): string {
  const name = word.slice(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1).toLowerCase();
  return ['.exe', '.cmd'].some((end) => name.endsWith(end)) ? name.slice(0, -'.exe'.length) : name;
}

/** Without the quotes and brackets around it. */
export function bare(word: string): string {
  let [from, to] = [0, word.length];
  while (AROUND.has(word[from])) from += 1;
  while (AROUND.has(word[to - 1])) to -= 1;
  return word.slice(from, to);
}

const AROUND = new Set<string | undefined>('"\'[]{},$<>');
