/** Which two versions an address compares; the draft where the newer one is left out. */
export function versionsIn(search: Readonly<Record<string, unknown>>): { from?: number; to?: number } {
  const from = versionIn(search['from']);
  const to = versionIn(search['to']);
  return { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
}

function versionIn(value: unknown): number | null {
  const number = Number(value);
  return Number.isInteger(number) && number > 0 ? number : null;
}
