import type { TenantBrand } from '#libs/contracts/tenants';

export type Brand = TenantBrand;

/** The gateway writes the brand into the page; `null` where there is none (a development server). */
export function brandInPage(page: Pick<Document, 'getElementById'>): Brand | null {
  const written = page.getElementById('harka-tenant')?.textContent;
  if (written === undefined || written === '') return null;
  try {
    return JSON.parse(written) as Brand;
  } catch {
    return null;
  }
}
