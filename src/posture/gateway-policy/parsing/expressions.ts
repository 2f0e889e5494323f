import { CSharpFault, endOfBrackets } from './csharp.ts';

/** What stands in the XML for an expression: signs that no text of a policy has. */
export const PLACEHOLDER = /\uE000(\d+)\uE001/;

/** A policy without its C#, and the code of each expression without its brackets. */
interface WithoutExpressions {
  readonly xml: string;
  readonly expressions: readonly string[];
}

/**
 * Takes the C# out of a policy. In the format `rawxml` it stands there with quotes and angle brackets that no reader of
 * XML accepts, so that it must be found first. An expression is a whole attribute or a whole text; nothing within a
 * comment or a CDATA section is one.
 * Source: learn.microsoft.com/azure/api-management/api-management-policy-expressions
 */
export function takeOutExpressions(source: string): WithoutExpressions {
  if (/[\uE000\uE001]|&#(x0*e00[01]|0*5734[45]);/i.test(source)) throw new CSharpFault('a sign for private use');
  const expressions: string[] = [];
  let xml = '';
  let at = 0;
  let inTag = false;
  const copyTo = (end: number): void => {
    xml += source.slice(at, end);
    at = end;
  };
  /** The expression that begins here, if one does, leaving out white space before it. */
  const takeExpression = (): void => {
    const begin = at + source.slice(at, at + 10_000).search(/\S|$/);
    if (!source.startsWith('@(', begin) && !source.startsWith('@{', begin)) return;
    const end = endOfBrackets(source, begin + 1);
    xml += `${source.slice(at, begin)}\uE000${expressions.length}\uE001`;
    expressions.push(source.slice(begin + 2, end - 1));
    at = end;
  };
  while (at < source.length) {
    const character = source.charAt(at);
    if (!inTag) {
      if (source.startsWith('<!--', at)) copyTo(behind(source, '-->', at + 4));
      else if (source.startsWith('<![CDATA[', at)) copyTo(behind(source, ']]>', at + 9));
      else {
        inTag = character === '<';
        copyTo(at + 1);
      }
    } else if (character === '"' || character === "'") {
      copyTo(at + 1);
      takeExpression();
      copyTo(behind(source, character, at));
    } else {
      copyTo(at + 1);
      if (character !== '>') continue;
      inTag = false;
      takeExpression();
    }
  }
  return { xml, expressions };
}

function behind(source: string, what: string, from: number): number {
  const found = source.indexOf(what, from);
  if (found === -1) throw new CSharpFault('something that is not closed');
  return found + what.length;
}
