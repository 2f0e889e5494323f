import { AZURE_FORMATS } from './formats/azure.ts';
import { AZURE_DEVOPS_FORMATS } from './formats/azure-devops.ts';
import { GITHUB_FORMATS } from './formats/github.ts';
import { JWT_FORMAT } from './formats/jwt.ts';
import { OTHER_FORMATS } from './formats/other-vendors.ts';
import { KEY_FORMATS } from './formats/private-key.ts';
import type { TokenFormat } from './token-format.ts';
import { TOKEN_TYPES, type TokenType } from './token-hit.ts';

const declared = new Map<TokenType, TokenFormat>(
  [...GITHUB_FORMATS, ...AZURE_DEVOPS_FORMATS, ...AZURE_FORMATS, ...OTHER_FORMATS, ...KEY_FORMATS, JWT_FORMAT].map(
    (format) => [format.type, format],
  ),
);

/** The declaration of a format. */
export function formatOf(type: TokenType): TokenFormat {
  const format = declared.get(type);
  if (format === undefined) throw new Error(`The format ${type} is not declared.`);
  return format;
}

/** Every format that the detector knows: `docs/tokens.md` and the report list them. */
export const FORMATS: readonly TokenFormat[] = TOKEN_TYPES.map(formatOf);
