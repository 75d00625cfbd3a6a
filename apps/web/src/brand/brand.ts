import type { TenantBrand } from '#libs/contracts/tenants';

export type Brand = TenantBrand;

/** On the operator's host the gateway says so instead of naming a tenant. */
interface OperatorPage {
  readonly mode: 'operator';
  readonly name: string;
}

export interface Place {
  readonly mode: 'academy' | 'operator';
  readonly brand: Brand;
}

/** Whose page this is, as the gateway wrote it into the page; null where it did not (a development server). */
export function placeInPage(page: Pick<Document, 'getElementById'>): Place | null {
  const written = page.getElementById('harka-tenant')?.textContent;
  if (written === undefined || written === '') return null;
  try {
    return placeOf(JSON.parse(written) as Brand | OperatorPage);
  } catch {
    return null;
  }
}

export function placeOf(payload: Brand | OperatorPage): Place {
  return 'mode' in payload
    ? { mode: 'operator', brand: platformBrand(payload.name) }
    : { mode: 'academy', brand: payload };
}

/** The platform's own face; its colours come with the page like everybody's. */
function platformBrand(name: string): Brand {
  return {
    id: '00000000-0000-0000-0000-000000000000',
    slug: 'control',
    name,
    branding: { logoUrl: null, faviconUrl: null, primaryColor: '#3553a4', secondaryColor: '#1f2a44' },
    signIn: { password: true, registration: 'invite' },
    iconVersion: '0',
    locale: 'en',
  };
}
