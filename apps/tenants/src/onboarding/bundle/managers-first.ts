import type { UserImportRow } from '#libs/contracts/auth';

/** The same rows in an order in which a manager's row comes before those of the people they manage. */
export function managersFirst(rows: readonly UserImportRow[]): UserImportRow[] {
  const byEmail = new Map(rows.map((row) => [row.email, row]));
  const ordered = new Set<UserImportRow>();
  for (const row of rows) {
    const chain: UserImportRow[] = [];
    let next: UserImportRow | undefined = row;
    while (next !== undefined && !ordered.has(next) && !chain.includes(next)) {
      chain.push(next);
      next = next.managerEmail === null ? undefined : byEmail.get(next.managerEmail);
    }
    for (const person of chain.reverse()) ordered.add(person);
  }
  return [...ordered];
}
