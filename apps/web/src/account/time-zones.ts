interface Zone {
  readonly id: string;
  readonly label: string;
}

/** "Vienna" for `Europe/Vienna`, with the region where it is needed to tell. */
const nameOf = (id: string): string => id.replaceAll('_', ' ').replaceAll('/', ' / ');

/** The zones that this browser knows, in the order of the alphabet; one that is set already is always among them. */
export function timeZones(chosen: string | null, known: readonly string[] = allZones()): readonly Zone[] {
  const ids = new Set(known.filter((id) => id.includes('/') && !id.startsWith('Etc/')));
  ids.add('UTC');
  if (chosen !== null) ids.add(chosen);
  return [...ids].toSorted((one, other) => one.localeCompare(other)).map((id) => ({ id, label: nameOf(id) }));
}

const allZones = (): readonly string[] => Intl.supportedValuesOf('timeZone');
