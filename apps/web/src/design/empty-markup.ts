/** Chromium asks this policy for whatever is set as markup without a policy of its own. */
interface TrustedTypes {
  createPolicy(name: 'default', rules: { createHTML: (html: string) => string | null }): unknown;
}

const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };

/**
 * Emptying an element is no markup, and the library of our components does it so when it has said something to screen
 * readers: refused, it takes the page down. Everything but the empty string stays refused.
 */
trustedTypes?.createPolicy('default', { createHTML: (html) => (html === '' ? '' : null) });
