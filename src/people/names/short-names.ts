/**
 * Given names and what their holders are called, one family a line. They are compared within a line, in both
 * directions: Entra may have the short one. Common ones only: a sign that a person is asked about, and never proof.
 */
// biome-ignore format: one family of names a line
const FAMILIES: readonly (readonly string[])[] = [
  'alexander alexandra aleksander aleksandr aleksandra oleksandr alexandre alejandro alessandro alex alec al lex sasha sascha sacha xander sandro sandra sandy sanja',
  'albert alberto alfred alan allan al bert bertie fred alf',
  'andreas andrew andrea andrej andrei andy drew andi dre',
  'anthony antonio anton antonia toni tony',
  'barbara babs barb', 'benjamin benedict benedikt ben benny',
  'bernhard bernard bernd bernie', 'catherine katherine katharina katarina ekaterina kate katie kathy cathy kat katja katya kasia',
  'charles charlotte karl carl charlie chuck', 'christopher christoph christian christina christine kristina chris kris topher tina',
  'daniel daniela danielle dan danny dani', 'david dave davey', 'dimitri dmitri dmitry dima mitya',
  'edward eduard edmund edgar ed eddie ned ted', 'elizabeth elisabeth elisabet eliza liz lizzy beth betty lisa elsa lilli',
  'evgeny yevgeny eugene evgenia zhenya gene', 'francis frances francisco franziska frank fran paco pancho franzi',
  'frederick friedrich frederik frederic fred freddy fritz', 'gabriel gabriela gabrielle gabe gabi gaby',
  'george georg jorge yuri jurgen', 'gerald gerard gerhard gerry jerry', 'gregory gregor greg grisha',
  'hans johannes johann john jon jack johnny hannes jan ivan vanya', 'heinrich henry henrik enrique harry hank heinz',
  'ignacio nacho', 'isabella isabel isabelle bella izzy', 'jacob jakob james jake jim jimmy jamie jaime',
  'jennifer jen jenny', 'jessica jess jessie', 'jonathan jonatan jon johnny', 'joseph josef jose giuseppe joe joey pepe beppe sepp',
  'joshua josh', 'kenneth ken kenny', 'lawrence laurence lorenz larry', 'leonard leonardo leon len lenny leo',
  'magdalena magda lena', 'margaret margarete margarita maggie meg peggy greta gretel rita', 'maria mary marie mia masha maja',
  'matthew matthias mateo matteo matt matze', 'maximilian maxim massimo max', 'michael mikhail michel michele miguel mike mick mickey misha',
  'natalia natalie nathalie natasha nat', 'nathan nathaniel nate', 'nicholas nikolaus nikolai nicolas nicola nick nik niko nico klaus kolya',
  'olga olya', 'oliver olivier ollie oli', 'patrick patricia pat paddy tricia trish', 'pavel paul paulina pasha pablo',
  'peter pedro pietro pete petja', 'philip philipp phil pip', 'rebecca rebekka becky becca', 'richard ricardo rick ricky rich dick',
  'robert roberto rupert rob robbie bob bobby bert', 'ronald ron ronnie', 'rudolf rudi rudy', 'samuel samantha sam sammy',
  'sebastian bastian seb basti', 'sergei sergey sergio seryozha', 'stephen steven stephan stefan stephanie stefanie steve steff steph',
  'susan susanne suzanne sue susi suzy', 'svetlana sveta lana', 'tatiana tatjana tanya tanja', 'theodore theodor teodor ted teddy theo fyodor fedya',
  'thomas tomas tommaso tom tommy', 'timothy timofey tim timmy', 'valentin valentina valeria valery val vale', 'victor viktor victoria viktoria vic vicky vika',
  'vladimir volodymyr vlad vova volodya', 'walter walt wally', 'wilhelm william guillermo will bill billy liam willi', 'zachary zach zack',
].map((family) => family.split(' '));

/** The least that is left of a name which people merely cut: `Dan`, `Alex`. Of a shorter name nothing is cut. */
const [LEAST, CUT_FROM] = [3, 5];
/**
 * The longest given name that Entra holds; of a longer one only so many letters are cut, because each beginning is a
 * name of its own: https://learn.microsoft.com/en-us/graph/api/resources/user
 */
const LONGEST_CUT = 64;

/** What somebody of this given name (one word, lower case, without accents) may be called instead, by its beginning too. */
export function shortFormsOf(given: string): readonly string[] {
  const related = FAMILIES.filter((family) => family.includes(given)).flat();
  const cut =
    given.length < CUT_FROM
      ? []
      : Array.from({ length: Math.min(given.length, LONGEST_CUT) - LEAST }, (_, by) => given.slice(0, LEAST + by));
  return [...new Set([...related, ...cut])].filter((each) => each !== given);
}
