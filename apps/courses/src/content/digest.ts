import { contentDigestText, type PortableContent } from '#libs/contracts/courses';
import { createHash } from 'node:crypto';

/** Equal content has an equal digest, in any tenant. */
export function digestOf(content: PortableContent): string {
  return createHash('sha256').update(contentDigestText(content)).digest('hex');
}
