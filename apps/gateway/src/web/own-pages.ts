import { escapeHtml } from '#libs/kernel';
import type { DirectoryTenant } from '#libs/sharding';
import type { Arrival } from '../edge/arrival.js';
import { brandFromDirectory } from './brands.js';
import { plainPage } from './plain-page.js';

export interface ErrorPageBrand {
  readonly name: string;
  readonly primaryColor: string;
  readonly secondaryColor: string;
}

interface ErrorPage {
  readonly status: number;
  readonly code: string;
  readonly requestId: string;
  /** Null: in nobody's name, so that a stranger learns nothing. */
  readonly brand: ErrorPageBrand | null;
  /** Where the academy is open, where that is known. */
  readonly home?: string | null;
}

const told: Readonly<Record<string, { readonly title: string; readonly text: string }>> = {
  'tenant.not_found': {
    title: 'No academy at this address',
    text: 'Check the address for a typing error, or ask whoever gave it to you.',
  },
  'domain.pending': {
    title: 'This address is being set up',
    text: 'Somebody has announced it, and the proof that it is theirs is still awaited. Come back a little later.',
  },
  'domain.lapsed': {
    title: 'This address does not lead here any more',
    text: 'The record that connected it is gone. The academy itself is well, and open at its own address.',
  },
  'tenant.suspended': {
    title: 'This academy is paused',
    text: 'Nothing of your learning is lost. Your administrator knows when it opens again.',
  },
  'request.route_not_found': {
    title: 'There is nothing at this address',
    text: 'The page may have moved. Check the address, or start again from the front page.',
  },
};
const unknownFault = {
  title: 'That did not work',
  text: 'Try again in a moment. If it keeps happening, tell your administrator the number below.',
};

export function errorPage({ code, requestId, brand, home = null }: ErrorPage, nonce: string): string {
  const { title, text } = told[code] ?? unknownFault;
  const way =
    home === null ? '' : `<p><a href="${escapeHtml(home)}">${escapeHtml(new URL(home).host)}</a></p>`;
  const body = `<p>${text}</p>${way}<p class="quiet">Request <code>${escapeHtml(requestId)}</code></p>`;
  return plainPage({ title, brand, body }, nonce);
}

/** The bare host of a demo: a way into each academy. */
export function demoPage(tenants: readonly DirectoryTenant[], arrival: Arrival, nonce: string): string {
  const scheme = arrival.secure ? 'https' : 'http';
  const base = arrival.hostHeader.replace(/^(?:127\.0\.0\.1|\[::1\])/, 'localhost');
  const card = (slug: string, name: string, note: string) =>
    `<li><a href="${scheme}://${escapeHtml(`${slug}.${base}`)}/">${escapeHtml(name)}<span>${escapeHtml(note)}</span></a></li>`;
  const cards = tenants.map((tenant) => card(tenant.slug, brandFromDirectory(tenant).name, tenant.plan));
  const body = `<p>Each of these academies is a tenant of its own: its own name, people, courses and database.</p>
<ul class="cards">${cards.join('')}${card('admin', 'Control centre', 'operators')}</ul>
<p class="quiet">The sign-ins of the demo stand in the terminal where Harka was started.</p>`;
  return plainPage({ title: 'Harka demo', brand: null, body }, nonce);
}
