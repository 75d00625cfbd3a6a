import { Controller } from '@nestjs/common';
import { readCoursesPersonalData } from '#libs/contracts/courses';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { PersonalDataReader } from './personal-data.reader.js';

@Controller()
export class PersonalDataController {
  constructor(private readonly reader: PersonalDataReader) {}

  @Endpoint(readCoursesPersonalData)
  async read(
    @Input() { params }: InputOf<typeof readCoursesPersonalData>,
  ): Promise<ResultOf<typeof readCoursesPersonalData>> {
    return this.reader.of(params.userId);
  }
}
