/** A text as one word of a shell's command. Names at vendors are free text to some degree, and commands are pasted. */
export function shellWord(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
