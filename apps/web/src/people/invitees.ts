export interface Invitee {
  readonly email: string;
  readonly name: string | null;
}

const ADDRESS = /^[^\s@<>"(),;:]+@[^\s@<>"(),;:]+\.[^\s@<>"(),;:]+$/u;

/** Reads what mail programs and spreadsheets give: `a@b.c`, `Name <a@b.c>`, `Name, a@b.c`; one a line, or parted by ; */
export function parseInvitees(text: string): {
  readonly people: readonly Invitee[];
  readonly wrong: readonly string[];
} {
  const found = new Map<string, Invitee>();
  const wrong: string[] = [];
  for (const entry of text.split(/[\n;]+/u).map((line) => line.trim())) {
    if (entry === '') continue;
    const addresses = entry.split(/[\s,<>]+/u).filter((part) => ADDRESS.test(part));
    const [email] = addresses;
    if (email === undefined) {
      wrong.push(entry);
      continue;
    }
    if (addresses.length > 1) {
      for (const address of addresses) add(found, address, null);
      continue;
    }
    const name = entry
      .replace(email, '')
      .replace(/[<>,"\t]+/gu, ' ')
      .trim();
    add(found, email, name === '' ? null : name);
  }
  return { people: [...found.values()], wrong };
}

function add(found: Map<string, Invitee>, address: string, name: string | null): void {
  const email = address.toLowerCase();
  if (!found.has(email)) found.set(email, { email, name });
}
