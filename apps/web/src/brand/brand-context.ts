import { createContext, use, useEffect } from 'react';
import { type Brand } from './brand.js';

export const BrandContext = createContext<Brand | null>(null);

export function useBrand(): Brand {
  const brand = use(BrandContext);
  if (brand === null) throw new Error('useBrand needs a BrandContext above it.');
  return brand;
}

/** Names the page in the browser's tab and history, the academy behind it. */
export function usePageTitle(title: string | null | undefined): void {
  const { name } = useBrand();
  useEffect(() => {
    if (title !== null && title !== undefined) document.title = `${title} · ${name}`;
  }, [title, name]);
}
