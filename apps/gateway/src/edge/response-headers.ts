/** Flat name and value pairs, as Node writes them. */
export type HeaderList = readonly string[];

const base = ['x-content-type-options', 'nosniff', 'referrer-policy', 'strict-origin-when-cross-origin'];
const strictTransport = ['strict-transport-security', 'max-age=31536000'];
const apiPolicy = "default-src 'none'; frame-ancestors 'none'";
const plainApi = [
  ...base,
  'content-security-policy',
  apiPolicy,
  'cross-origin-resource-policy',
  'same-origin',
];
const secureApi = [...plainApi, ...strictTransport];

/** For answers that no browser renders as a page. */
export function apiHeaders(secure: boolean): HeaderList {
  return secure ? secureApi : plainApi;
}

const permissions =
  'accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()';

/**
 * The one policy of the web app through which markup may enter a page, that of the editor's clipboard, and the one for
 * everything else (`default`), which lets pass the empty string alone.
 */
const markupPolicies = ['harka-markup', 'ProseMirrorClipboard', 'default'];

/**
 * For pages. A script runs because this page named it by `nonce` or because such a script asked for it, not because of
 * where it lies; what is inline runs never. Text becomes markup through the named policies alone (Trusted Types).
 */
export function pageHeaders(secure: boolean, nonce: string): HeaderList {
  const policy = [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob: https:",
    "media-src 'self' blob: https:",
    "frame-src 'self' https:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${markupPolicies.join(' ')}`,
  ].join('; ');
  const headers = [...base, 'content-security-policy', policy, 'permissions-policy', permissions];
  headers.push('cross-origin-opener-policy', 'same-origin');
  return secure ? [...headers, ...strictTransport] : headers;
}
