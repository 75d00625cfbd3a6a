/**
 * Words and rows that passwords of ten and more characters are made of again and again, in leaked lists of all
 * languages. Shorter ones need not be here: they are too short anyway, and come back as `base` below.
 */
const words = `
  password passwort passwd motdepasse contrasena contraseña wachtwoord salasana heslo haslo parola senha
  welcome willkommen bienvenue welkom hello letmein iloveyou trustno monkey dragon sunshine princess football
  baseball basketball superman batman spiderman starwars pokemon minecraft michael jennifer jordan charlie
  jessica ashley daniel thomas hannah summer winter spring autumn sommer fruehling january february march april
  june july august september october november december monday friday secret geheim admin administrator
  root toor test tester testing guest user default login master changeme changeit company training academy
  learning learner student teacher school qwerty qwertz qwertyuiop qwertzuiop azerty azertyuiop asdfghjkl
  zxcvbnm yxcvbnm qazwsx qazwsxedc wsxedc zaqxsw google facebook amazon microsoft windows computer internet
  samsung iphone apple chocolate cookie computer freedom whatever blink liverpool arsenal chelsea barcelona
  realmadrid juventus manchester america deutschland england france london berlin paris newyork california
  mustang ferrari mercedes porsche corvette harley hunter shadow killer soccer hockey tennis money forever
  flower butterfly angel lovely mother father family jesus christ heaven temp temporary example
`
  .trim()
  .split(/\s+/);

const base = new Set(words);

const rows = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1q2w3e4r5t6y7u8i9o0p',
];
const walks = [...rows, ...rows.map((row) => Array.from(row).reverse().join(''))];

const stand: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

/** Whether a password (in lower case) is a common word in disguise, one character, a row of keys, or made of few parts. */
export function isCommon(password: string): boolean {
  if (new Set(password).size <= 3) return true;
  if (walks.some((walk) => (walk + walk).includes(password))) return true;
  return period(password) <= password.length / 2 || [password, undisguised(password)].some(isKnownWord);
}

/** The length of the part that the password repeats. */
function period(password: string): number {
  return (password + password).indexOf(password, 1);
}

function undisguised(password: string): string {
  const end = password.search(/[\d\W_]*$/u);
  return Array.from(password.slice(0, end), (character) => stand[character] ?? character).join('');
}

function isKnownWord(password: string): boolean {
  const bare = password.replace(/^[\d\W_]+|[\d\W_]+$/gu, '');
  if (base.has(bare)) return true;
  // Two known words, or one of them twice.
  return Array.from(bare).some((_, index) => base.has(bare.slice(0, index)) && base.has(bare.slice(index)));
}
