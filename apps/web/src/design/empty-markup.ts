/** Chromium asks this policy for whatever is set as markup without a policy of its own. */
interface TrustedTypes {
  createPolicy(name: 'default', rules: { createHTML: (html: string) => string }): unknown;
}

const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };

/**
 * Emptying an element is no markup, and the library of our components does it so when it has said something to screen
 * readers: refused, it takes the page down. Everything but the empty string stays refused, by an exception: to it the
 * lesson editor answers with its own policy for what is pasted, as it would not to a null.
 */
trustedTypes?.createPolicy('default', {
  createHTML: (html) => {
    if (html !== '') throw new TypeError('Markup is set by no policy of its own.');
    return html;
  },
});
