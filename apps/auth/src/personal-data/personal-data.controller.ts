import { Controller } from '@nestjs/common';
import { downloadMyData, downloadUserData } from '#libs/contracts/auth';
import { Download, Endpoint, Input, type InputOf } from '#libs/service';
import { requireUserId } from '#libs/tenancy';
import { CollectPersonalData } from './collect-personal-data.use-case.js';

@Controller()
export class PersonalDataController {
  constructor(private readonly collecting: CollectPersonalData) {}

  @Endpoint(downloadMyData)
  async mine(): Promise<Download> {
    return this.archive(requireUserId());
  }

  @Endpoint(downloadUserData)
  async of(@Input() { params }: InputOf<typeof downloadUserData>): Promise<Download> {
    return this.archive(params.userId);
  }

  private async archive(userId: string): Promise<Download> {
    const { fileName, archive } = await this.collecting.execute(userId);
    return new Download(archive, {
      contentType: 'application/zip',
      length: archive.length,
      headers: {
        'content-disposition': `attachment; filename="${fileName}"`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    });
  }
}
