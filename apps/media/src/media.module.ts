import { join } from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { PlatformConfig } from '#libs/service';
import type { MediaConfig } from './media.config.js';
import { DeleteMedia } from './object/delete-media.use-case.js';
import { DownloadMedia } from './object/download-media.use-case.js';
import { FindMedia } from './object/find-media.use-case.js';
import { MediaObjectController } from './object/media-object.controller.js';
import { PgMediaObjectRepository } from './object/media-object.pg-repository.js';
import { MediaObjectRepository } from './object/media-object.repository.js';
import { SettleStorage } from './object/settle-storage.use-case.js';
import { StorageSettler } from './object/storage.settler.js';
import { DirectoryTenantRooms } from './object/tenant-rooms.directory.js';
import { TenantRooms } from './object/tenant-rooms.js';
import { UploadLimit } from './object/upload-limit.js';
import { UploadMedia } from './object/upload-media.use-case.js';
import { DiskStorageAdapter } from './storage/disk.storage-adapter.js';
import { StorageAdapter } from './storage/storage-adapter.js';

@Module({})
export class MediaModule {
  static of(config: MediaConfig): DynamicModule {
    return {
      module: MediaModule,
      controllers: [MediaObjectController],
      providers: [
        DeleteMedia,
        DownloadMedia,
        FindMedia,
        SettleStorage,
        StorageSettler,
        UploadMedia,
        { provide: MediaObjectRepository, useClass: PgMediaObjectRepository },
        { provide: TenantRooms, useClass: DirectoryTenantRooms },
        { provide: UploadLimit, useValue: new UploadLimit(config.MEDIA_LARGEST_BYTES) },
        {
          provide: StorageAdapter,
          inject: [PlatformConfig],
          useFactory: ({ HARKA_DATA_DIR }: PlatformConfig) =>
            new DiskStorageAdapter(join(HARKA_DATA_DIR, 'media')),
        },
      ],
    };
  }
}
