import { Controller } from '@nestjs/common';
import { readInsightsPersonalData } from '#libs/contracts/insights';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { PersonalDataReader } from './personal-data.reader.js';

@Controller()
export class PersonalDataController {
  constructor(private readonly reader: PersonalDataReader) {}

  @Endpoint(readInsightsPersonalData)
  async read(
    @Input() { params }: InputOf<typeof readInsightsPersonalData>,
  ): Promise<ResultOf<typeof readInsightsPersonalData>> {
    return this.reader.of(params.userId);
  }
}
