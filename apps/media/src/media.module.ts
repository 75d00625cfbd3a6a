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
import { StoreFile } from './object/store-file.js';
import { DirectoryTenantRooms } from './object/tenant-rooms.directory.js';
import { TenantRooms } from './object/tenant-rooms.js';
import { UploadLimit } from './object/upload-limit.js';
import { UploadMedia } from './object/upload-media.use-case.js';
import { PersonalDataController } from './personal-data/personal-data.controller.js';
import { PersonalDataReader } from './personal-data/personal-data.reader.js';
import { DiskPartStore } from './storage/disk.part-store.js';
import { DiskStorageAdapter } from './storage/disk.storage-adapter.js';
import { PartStore } from './storage/part-store.js';
import { StorageAdapter } from './storage/storage-adapter.js';
import { AbortUpload } from './upload/abort-upload.use-case.js';
import { BeginUpload } from './upload/begin-upload.use-case.js';
import { ContinueUpload } from './upload/continue-upload.use-case.js';
import { FinishUpload } from './upload/finish-upload.js';
import { PurgeUploads } from './upload/purge-uploads.use-case.js';
import { UploadController } from './upload/upload.controller.js';
import { PgUploadRepository } from './upload/upload.pg-repository.js';
import { UploadPurger } from './upload/upload.purger.js';
import { UploadRepository } from './upload/upload.repository.js';

@Module({})
export class MediaModule {
  static of(config: MediaConfig): DynamicModule {
    return {
      module: MediaModule,
      controllers: [MediaObjectController, PersonalDataController, UploadController],
      providers: [
        AbortUpload,
        BeginUpload,
        ContinueUpload,
        DeleteMedia,
        DownloadMedia,
        FindMedia,
        FinishUpload,
        PersonalDataReader,
        PurgeUploads,
        SettleStorage,
        StorageSettler,
        StoreFile,
        UploadMedia,
        UploadPurger,
        { provide: MediaObjectRepository, useClass: PgMediaObjectRepository },
        { provide: UploadRepository, useClass: PgUploadRepository },
        { provide: TenantRooms, useClass: DirectoryTenantRooms },
        { provide: UploadLimit, useValue: new UploadLimit(config.MEDIA_LARGEST_BYTES) },
        {
          provide: StorageAdapter,
          inject: [PlatformConfig],
          useFactory: ({ HARKA_DATA_DIR }: PlatformConfig) =>
            new DiskStorageAdapter(join(HARKA_DATA_DIR, 'media')),
        },
        {
          provide: PartStore,
          inject: [PlatformConfig],
          useFactory: ({ HARKA_DATA_DIR }: PlatformConfig) =>
            new DiskPartStore(join(HARKA_DATA_DIR, 'media')),
        },
      ],
    };
  }
}
