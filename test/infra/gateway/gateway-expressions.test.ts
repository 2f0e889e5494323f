import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../../support/properties.ts';
import { scanExpressions, withoutLiterals } from '../support/gateway/rules/scan-expressions.ts';

/** Pieces of C# that a scanner which counts brackets or quotes would stumble over. */
const piece = fc.constantFrom(
  'x',
  '1 < 2 && y > 3',
  '"text"',
  '"a \\" quote ) }"',
  '@"verbatim "" \\"',
  "'\"'",
  "'\\''",
  "')'",
  '// a comment with " and ) \n',
  '/* } " */',
  '(a)',
  '[b[0]]',
  '{ return "}"; }',
  '"@(not an expression)"',
  '"<!-- no comment -->"',
  '\n',
);

test('an expression is found whole, whatever C# is in it, and its neighbours stay XML', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.boolean(), fc.nat(4), (pieces, block, lines) => {
      const code = pieces.join(' ');
      const [open, close] = block ? ['@{', '}'] : ['@(', ')'];
      const before = `<!-- @( is nothing here -->${'\n'.repeat(lines)}<a b="`;
      const { xml, expressions } = scanExpressions('x.xml', `${before}${open}${code}${close}" c="@(1)">mail@(x)</a>`);
      assert.equal(
        xml,
        `${before}__expression_0__${'\n'.repeat(code.split('\n').length - 1)}" c="__expression_1__">mail@(x)</a>`,
      );
      assert.deepEqual(expressions[0], { form: block ? 'block' : 'single', code, line: lines + 1 });
      assert.equal(expressions[1]?.code, '1');
    }),
  );
});

test('code without its literals keeps every place, and no quote', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const code = pieces.join(' ');
      const bare = withoutLiterals(code);
      assert.equal(bare.length, code.length);
      assert.equal(bare.split('\n').length, code.split('\n').length);
      assert.doesNotMatch(bare, /["'@]/);
    }),
  );
});
