import { mediaPersonErased } from '#libs/contracts/media';
import type { PersonalRecord, PersonalRecords } from '#libs/service';

const records: readonly PersonalRecord[] = [
  {
    section: 'files',
    read: `
      SELECT id, name, content_type, bytes::float8 AS bytes, sha256, created_at
        FROM media.objects WHERE uploaded_by = $1 ORDER BY id`,
    // What was put into courses is the academy's; who put it there is not.
    erase: ['UPDATE media.objects SET uploaded_by = NULL WHERE uploaded_by = $1'],
  },
  {
    section: 'uploads',
    read: `
      SELECT id, name, bytes::float8 AS bytes, received::float8 AS received, created_at, expires_at
        FROM media.uploads WHERE uploaded_by = $1 ORDER BY id`,
    // What has not become a file ends at once; the purger takes the bytes.
    erase: [
      `UPDATE media.uploads SET uploaded_by = NULL, name = 'erased', expires_at = least(expires_at, now())
        WHERE uploaded_by = $1`,
    ],
  },
];

/** What media holds about people. */
export const mediaPersonal: PersonalRecords = { records, erased: mediaPersonErased };
