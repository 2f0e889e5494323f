/** What the CLI sees of the machine; tests put their own in its place. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Characters of a line of standard output; undefined where that is no terminal. */
  readonly width: number | undefined;
  /** Undefined where nobody can be asked. */
  readonly ask: Ask | undefined;
  /** Standard output: what was asked for, and nothing else. */
  print(text: string): void;
  /** A line to standard error: progress, and what went wrong. */
  tell(line: string): void;
  sleep(ms: number): Promise<void>;
}

/** Questions to a person. Who gives one up ends the CLI. */
export interface Ask {
  /** `validate` says why an answer is none; undefined where it is one. */
  text(question: string, validate?: (answer: string) => string | undefined): Promise<string>;
  choose<Word extends string>(question: string, words: Readonly<Record<Word, string>>): Promise<Word>;
}
