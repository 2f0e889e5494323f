import type { Break, Edit } from './breaks.ts';

/** The source of a file with the break in it. Throws where the break does not apply any more. */
export function applyBreak({ name, edits }: Break, file: string, source: string): string {
  return edits.filter((edit) => edit.file === file).reduce((text, edit) => applyEdit(name, edit, text), source);
}

function applyEdit(name: string, edit: Edit, source: string): string {
  if ('text' in edit) {
    if (!source.includes(edit.text)) throw new Error(`${name}: ${edit.file} has no text “${edit.text}”`);
    return source.replace(edit.text, () => edit.becomes);
  }
  const declared = new RegExp(`export (async )?function ${edit.function}\\b`);
  if (!declared.test(source)) throw new Error(`${name}: ${edit.file} exports no function ${edit.function}`);
  const whole = `${edit.function}AsItWas`;
  const broken = `export function ${edit.function}(...args) { return (${edit.becomes})(${whole}, ...args); }`;
  return `${source.replace(declared, `$1function ${whole}`)}\n${broken}\n`;
}
