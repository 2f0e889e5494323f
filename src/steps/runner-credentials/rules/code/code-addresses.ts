import { type CodeHost, type CodeReference, imageOf, type Way } from './code-reference.ts';

interface AddressWay extends Way {
  readonly host: CodeHost;
  readonly how: CodeReference['how'];
  /** The first group is the owner. Every repetition has an end and none stands in another: a long text costs its length. */
  readonly pattern: RegExp;
  /** First segments that are pages of the host's and nobody's account. */
  readonly pages?: ReadonlySet<string>;
}

/** An owner and the beginning of a name below the address; a longer host is another one. */
const below = (address: string): RegExp =>
  new RegExp(String.raw`(?<![\w.-])(?:${address})([a-z\d][\w.-]{0,99})\/[\w.@~-]{1,100}`, 'gi');
/** A site of its own for each owner. */
const siteAt = (domain: string): RegExp =>
  new RegExp(String.raw`(?<![\w.-])([a-z\d][a-z\d-]{0,99})\.${domain}(?![\w-]|\.\w)`, 'gi');

const PAGES = new Set(
  'orgs users sponsors marketplace topics apps enterprises settings login repos features about'.split(' '),
);

/** Addresses under which an owner's code and images are fetched, in scripts and anywhere else in a text. */
export const ADDRESS_WAYS: readonly AddressWay[] = [
  {
    what: 'a repository of GitHub by its address: `git clone`, `pip install git+https`, `go install`, `cargo install --git`, `.pre-commit-config.yaml`, `.gitmodules`',
    example: 'run: git clone git@github.com:OWNER/x.git',
    host: 'github',
    how: 'download',
    pattern: below(String.raw`(?:www\.|raw\.|codeload\.|ssh\.)?github\.com(?::\d{1,5}\/|[/:]{1,2})(?:raw\/)?@?`),
    pages: PAGES,
  },
  {
    what: 'raw files and gists',
    example: 'run: curl -sL https://raw.githubusercontent.com/OWNER/x/main/i.sh | sh',
    host: 'github',
    how: 'download',
    pattern: below(
      String.raw`(?:raw|gist)\.githubusercontent\.com\/|media\.githubusercontent\.com\/media\/|gist\.github\.com\/`,
    ),
  },
  {
    what: 'releases and files by GitHub’s API',
    example: 'run: curl https://api.github.com/repos/OWNER/x/releases/latest',
    host: 'github',
    how: 'download',
    pattern: below(String.raw`(?:api|uploads)\.github\.com\/repos\/`),
  },
  {
    what: 'a site of GitHub Pages',
    example: 'run: curl -fsSL https://OWNER.github.io/install.sh | sh',
    host: 'github',
    how: 'download',
    pattern: siteAt(String.raw`github\.io`),
  },
  {
    what: 'caches of GitHub: jsDelivr, Statically, GitHack, esm.sh',
    example: 'run: curl https://cdn.jsdelivr.net/gh/OWNER/x@1/i.sh | sh',
    host: 'github',
    how: 'download',
    pattern: below(
      String.raw`(?:\w{1,20}\.)?jsdelivr\.net\/gh\/|cdn\.statically\.io\/gh\/|(?:raw|rawcdn)\.githack\.com\/|(?:cdn\.)?rawgit\.com\/|esm\.sh\/gh\/`,
    ),
  },
  {
    what: 'a module of Go by gopkg.in',
    example: 'run: go install gopkg.in/OWNER/x.v2@latest',
    host: 'github',
    how: 'download',
    pattern: below(String.raw`gopkg\.in\/`),
  },
  {
    what: 'a repository by a tool’s prefix: npm, Nix, mise',
    example: 'run: npx github:OWNER/x',
    host: 'github',
    how: 'download',
    pattern: below(String.raw`(?:github|gh|ubi|aqua):(?:\/\/)?`),
  },
  {
    what: 'a submodule by a relative address',
    example: '[submodule "x"]\n\tpath = x\n\turl = ../../OWNER/x.git',
    file: '.gitmodules',
    host: 'github',
    how: 'checkout',
    pattern: /\burl[ \t]{0,20}=[ \t]{0,20}\.\.\/\.\.\/([a-z\d][\w.-]{0,99})\/[\w.-]{1,100}/gi,
  },
  {
    what: 'a library of R by its repository',
    example: `run: Rscript -e "remotes::install_github('OWNER/x')"`,
    host: 'github',
    how: 'package',
    pattern: /\b(?:install_github|pak|pkg_install)\([\s"']{0,20}([a-z\d][\w.-]{0,99})\/[\w.-]{1,100}/gi,
  },
  {
    what: 'an image of ghcr.io',
    example: 'run: docker run ghcr.io/OWNER/x',
    host: 'github',
    how: 'image',
    pattern: below(String.raw`(?:ghcr\.io|docker\.pkg\.github\.com)\/`),
  },
  {
    what: 'a registry of GitHub Packages',
    example: 'run: npm i --registry https://npm.pkg.github.com/OWNER/ x',
    host: 'github',
    how: 'package',
    pattern: /(?<![\w.-])(?:npm|maven|nuget|rubygems)\.pkg\.github\.com\/@?([a-z\d][\w.-]{0,99})/gi,
    pages: new Set(['download']),
  },
  ...(
    [
      ['gitlab.com', 'download', 'https://gitlab.com/OWNER/x/-/raw/main/i.sh', String.raw`(?:gitlab\.com[/:]|gitlab:)`],
      [
        'bitbucket.org',
        'download',
        'https://bitbucket.org/OWNER/x/raw/main/i.sh',
        String.raw`(?:bitbucket\.org[/:]|bitbucket:)`,
      ],
      ['registry.gitlab.com', 'image', 'registry.gitlab.com/OWNER/x', String.raw`registry\.gitlab\.com\/`],
      ['quay.io', 'image', 'quay.io/OWNER/x', String.raw`quay\.io\/`],
      ['docker.io', 'image', 'docker.io/OWNER/x', String.raw`(?:docker\.io|hub\.docker\.com\/r)\/`],
      ['jsr.io', 'package', 'jsr:@OWNER/x', String.raw`(?:jsr:@|jsr\.io\/@)`],
      ['npmjs.com', 'package', 'npm:@OWNER/x', String.raw`(?:npm:@|unpkg\.com\/@|jsdelivr\.net\/npm\/@|esm\.sh\/@)`],
    ] as const
  ).map(
    ([host, how, example, address]): AddressWay => ({
      what: `anything at ${host}, where a name is a hint`,
      example: `run: fetch ${example}`,
      host,
      how,
      pattern: below(address),
    }),
  ),
];

/** Whose code stands behind the addresses of a text. */
export function addressesIn(text: string): CodeReference[] {
  const found = ADDRESS_WAYS.flatMap(({ pattern, host, how, pages }) =>
    [...text.matchAll(pattern)].flatMap(([written, owner = '']): CodeReference[] =>
      pages?.has(owner.toLowerCase()) ? [] : [{ host, owner, written, how }],
    ),
  );
  return [...found, ...imagesOfJenkins(text)];
}

/** `image 'owner/name'` and `docker.image('owner/name')` of a Jenkinsfile. */
function imagesOfJenkins(text: string): CodeReference[] {
  return [...text.matchAll(/\bimage[\s(]{1,20}["']([\w./:@-]{1,300})["']/gi)].flatMap(([, image = '']) =>
    imageOf(image),
  );
}
