const KEY = 'harka.connection-setup';

/** The link is kept for this tab alone: the way over the provider comes back without it. */
export function keptSetupToken(): string | null {
  return window.sessionStorage.getItem(KEY);
}

export function keepSetupToken(token: string): void {
  window.sessionStorage.setItem(KEY, token);
}

export function forgetSetupToken(): void {
  window.sessionStorage.removeItem(KEY);
}
