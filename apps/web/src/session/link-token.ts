/** The token of a mailed link: in the fragment, which browsers send to no server. */
export const linkToken = (hash: string): string | null =>
  new URLSearchParams(hash.replace(/^#/, '')).get('token');
