/** One way of writing a script in Latin letters: what each letter becomes, and what it becomes where a word begins. */
interface System {
  readonly letters: Readonly<Record<string, string>>;
  readonly first?: Readonly<Record<string, string>>;
}

/** `а a, б b`: pairs of a letter and what it becomes, with nothing behind a letter that is dropped. */
function table(pairs: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pairs
      .split(',')
      .map((pair) => pair.trim().split(' '))
      .map(([from = '', to = '']) => [from, to]),
  );
}

const CYRILLIC = table(
  'а a, б b, в v, г g, ґ g, д d, е e, є ye, ё yo, ж zh, з z, и i, і i, ї yi, й y, к k, л l, м m, н n, о o, п p, р r, с s, ' +
    'т t, у u, ў u, ф f, х kh, ц ts, ч ch, ш sh, щ shch, ъ, ы y, ь, э e, ю yu, я ya, ђ dj, ј j, љ lj, њ nj, ћ c, џ dz, ' +
    'ѓ gj, ќ kj, ѕ dz, ’, ʼ',
);
const GREEK = table(
  'α a, β v, γ g, δ d, ε e, ζ z, η i, θ th, ι i, κ k, λ l, μ m, ν n, ξ x, ο o, π p, ρ r, σ s, ς s, τ t, υ y, φ f, χ ch, ψ ps, ω o',
);

/**
 * The systems that passports and directories use; people write their names in any of them.
 * Sources: ICAO Doc 9303 part 3 (Russian passports), decision 55 of the Ukrainian cabinet (zakon.rada.gov.ua/laws/show/55-2010-п),
 * BGN/PCGN, the Bulgarian transliteration act, Duden, ISO 9 without its accents, ELOT 743.
 */
const SYSTEMS: readonly System[] = [
  { letters: { ...CYRILLIC, ...GREEK } },
  { letters: { ...CYRILLIC, ...table('є ie, ї i, й i, ю iu, я ia, ё e, ъ ie') } },
  {
    letters: { ...CYRILLIC, ...table('г h, и y, є ie, ї i, й i, ю iu, я ia') },
    first: table('є ye, ї yi, й y, ю yu, я ya'),
  },
  { letters: { ...CYRILLIC, ...table('щ sht, ъ a, х h, ь y') } },
  { letters: { ...CYRILLIC, ...table('ж z, х h, ц c, ч c, ш s, щ sc, й j, ю ju, я ja, ё e, є je, ї ji') } },
  { letters: { ...CYRILLIC, ...table('в w, ж sch, х ch, ц z, ч tsch, ш sch, щ schtsch, й j, ю ju, я ja, ё jo, з s') } },
  { letters: { ...GREEK, ...table('β b, η e, χ h, υ u') } },
];

/** A name in Cyrillic or Greek letters as it may be written in Latin ones, each spelling once; nothing for other names. */
export function inLatinLetters(name: string): string[] {
  if (!/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(name)) return [];
  const plain = name.normalize('NFC').toLowerCase();
  const spelled = SYSTEMS.map((system) => written(plain, system)).flatMap((each) => [each, shortened(each)]);
  return [...new Set(spelled)].filter((each) => !/[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(each));
}

/** As most people write themselves: `Yulia` for `Yuliya`, `Dmitry` for `Dmitriy`. */
function shortened(name: string): string {
  return name.replace(/i[iy]a/g, 'ia').replace(/[iy][iy](?!\p{L})/gu, 'y');
}

function written(name: string, { letters, first = {} }: System): string {
  return [...name]
    .map((letter, at, all) => {
      const before = all[at - 1];
      const begins = before === undefined || !/\p{L}/u.test(before);
      const bare = letter.normalize('NFD').replace(/\p{M}+/gu, '');
      return (begins ? first[letter] : undefined) ?? letters[letter] ?? letters[bare] ?? letter;
    })
    .join('');
}
