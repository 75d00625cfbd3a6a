/** What Chromium's Trusted Types ask of the policy that markup comes through; elsewhere it is a string as ever. */
interface MarkupPolicy {
  createHTML(html: string): unknown;
}
interface TrustedTypes {
  createPolicy(name: string, rules: { createHTML: (html: string) => string }): MarkupPolicy;
}

const { trustedTypes } = globalThis as { readonly trustedTypes?: TrustedTypes };

/** The only way by which text becomes markup here. The page's policy names it, and no other of ours. */
const policy = trustedTypes?.createPolicy('harka-markup', { createHTML: (html) => html });

/** For HTML that the server has made safe (the Markdown of lessons), and for nothing else. */
export function trustedMarkup(html: string): { readonly __html: string } {
  // React hands the value on as it is.
  return { __html: (policy?.createHTML(html) ?? html) as string };
}
