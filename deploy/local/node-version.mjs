// Written in old syntax on purpose: this file must load on the very versions that it turns away.
const OLDEST = [20, 19];

/** The sentence to print on a Node.js that is too old, or null. */
export function unsupportedNode(version) {
  const parts = version.split('.').map(Number);
  if (parts[0] > OLDEST[0] || (parts[0] === OLDEST[0] && parts[1] >= OLDEST[1])) return null;
  return (
    'Harka needs Node.js ' +
    OLDEST.join('.') +
    ' or newer, and this is ' +
    version +
    ': install a newer Node.js.'
  );
}
