import { mediaDeleted, mediaStored } from '#libs/contracts/media';
import { defineProjection } from '#libs/events';

const insert = `
  INSERT INTO courses.media_files (tenant_id, id, name, content_type, bytes, sha256)
  VALUES (app.current_tenant(), $1, $2, $3, $4, $5)
  ON CONFLICT (tenant_id, id) DO NOTHING`;
const remove = 'DELETE FROM courses.media_files WHERE id = $1';

export const mediaFiles = defineProjection({
  name: 'courses.media_files',
  tables: ['courses.media_files'],
  events: [mediaStored, mediaDeleted],
  apply: async (event, { query }) => {
    switch (event.type) {
      case 'media.object.stored': {
        const { mediaId, name, contentType, bytes, sha256 } = event.payload;
        await query(insert, [mediaId, name, contentType, bytes, sha256]);
        return;
      }
      case 'media.object.deleted':
        await query(remove, [event.payload.mediaId]);
    }
  },
});
