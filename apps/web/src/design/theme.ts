export type Theme = 'system' | 'light' | 'dark';

const KEY = 'harka.theme';

export function readTheme(storage: Pick<Storage, 'getItem'>): Theme {
  try {
    const stored = storage.getItem(KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

export function applyTheme(theme: Theme, page: HTMLElement, storage: Storage): void {
  if (theme === 'system') delete page.dataset['theme'];
  else page.dataset['theme'] = theme;
  try {
    if (theme === 'system') storage.removeItem(KEY);
    else storage.setItem(KEY, theme);
  } catch {
    // Not remembered, but applied.
  }
}
