import { Controller } from '@nestjs/common';
import { readMediaPersonalData } from '#libs/contracts/media';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { PersonalDataReader } from './personal-data.reader.js';

@Controller()
export class PersonalDataController {
  constructor(private readonly reader: PersonalDataReader) {}

  @Endpoint(readMediaPersonalData)
  async read(
    @Input() { params }: InputOf<typeof readMediaPersonalData>,
  ): Promise<ResultOf<typeof readMediaPersonalData>> {
    return this.reader.of(params.userId);
  }
}
