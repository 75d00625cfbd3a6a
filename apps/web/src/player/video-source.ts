const PLAYABLE = /\.(mp4|m4v|webm|ogv|mov)$/i;

export type VideoSource =
  | { readonly kind: 'playable'; readonly url: string }
  /** A page of another site, which the academy cannot show inside its own. */
  | { readonly kind: 'elsewhere'; readonly url: string; readonly host: string };

/** A file of the academy or an address that names a video file plays here; anything else is a link. */
export function videoSource(url: string, origin: string): VideoSource {
  const parsed = new URL(url, origin);
  if (parsed.origin === origin || PLAYABLE.test(parsed.pathname)) return { kind: 'playable', url };
  return { kind: 'elsewhere', url, host: parsed.host.replace(/^www\./, '') };
}
