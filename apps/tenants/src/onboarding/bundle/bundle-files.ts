import type { Bundle as BundleRequest } from '#libs/contracts/tenants';
import type { BundleFiles } from './bundle.js';
import type { Issues } from './issues.js';

const SAFE_PATH = /^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[^\\\p{Cc}/]+(?:\/[^\\\p{Cc}/]+)*$/u;

/** The files of a request. */
export function decodeFiles({ files }: BundleRequest, issues: Issues): BundleFiles {
  const decoded = new Map<string, Buffer>();
  for (const { path, content } of files) {
    if (!SAFE_PATH.test(path)) {
      issues.add(path, null, {
        code: 'path_invalid',
        detail: 'The path is not a plain path inside the folder.',
        help: 'Use forward slashes and no "..".',
      });
    } else if (decoded.has(path)) {
      issues.add(path, null, {
        code: 'path_twice',
        detail: 'The file comes twice.',
        help: 'Send every file once.',
      });
    } else {
      decoded.set(path, decodeContent(path, content, issues));
    }
  }
  return decoded;
}

function decodeContent(path: string, content: string, issues: Issues): Buffer {
  const bytes = Buffer.from(content, 'base64');
  const padding = content.endsWith('==') ? 2 : Number(content.endsWith('='));
  // Node skips what is not base64, so a fault shows in the length.
  if (content.length % 4 !== 0 || bytes.length !== (content.length / 4) * 3 - padding) {
    issues.add(path, null, {
      code: 'content_not_base64',
      detail: 'The content is not base64.',
      help: 'Encode it as base64 with padding (RFC 4648, section 4).',
    });
  }
  return bytes;
}
