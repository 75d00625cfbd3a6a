import { Download } from '#libs/service';
import { etagOf, type OpenedObject } from './download-media.use-case.js';
import type { StoredObject } from './media-object.js';
import { isShownInline } from './media-type.js';

/** The answer to a download. Files are strangers' work: no script of theirs may ever run as ours. */
export function downloadOf({ object, content, range }: OpenedObject): Download {
  if (range === 'out_of_range') return outOfRange(object.bytes);
  const headers = {
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
    'content-disposition': dispositionOf(object),
    'content-security-policy': policyOf(object),
    etag: etagOf(object),
    'x-content-type-options': 'nosniff',
    ...(range === null ? {} : { 'content-range': `bytes ${range.first}-${range.last}/${object.bytes}` }),
  };
  const contentType = object.contentType.startsWith('text/')
    ? `${object.contentType}; charset=utf-8`
    : object.contentType;
  if (content === null) return new Download(null, { contentType, status: 304, headers });
  const length = range === null ? object.bytes : range.last - range.first + 1;
  return new Download(content, { contentType, length, status: range === null ? 200 : 206, headers });
}

function outOfRange(bytes: number): Download {
  const headers = { 'content-range': `bytes */${bytes}` };
  return new Download(null, { contentType: 'application/octet-stream', status: 416, headers });
}

/** RFC 6266: an ASCII name for the old, the real one for the rest. */
function dispositionOf({ name, contentType }: StoredObject): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const real = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const kind = isShownInline(contentType) ? 'inline' : 'attachment';
  return `${kind}; filename="${plain}"; filename*=UTF-8''${real}`;
}

function policyOf({ contentType }: StoredObject): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";
  // Browsers do not open their PDF viewer in a sandbox.
  return contentType === 'application/pdf' ? policy : `${policy}; sandbox`;
}
