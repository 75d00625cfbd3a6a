import { Controller } from '@nestjs/common';
import {
  getCatalogueCourse,
  listCatalogueFacets,
  listRecommendations,
  searchCatalogue,
} from '#libs/contracts/courses';
import { Endpoint, Input, type InputOf, type ResultOf } from '#libs/service';
import { Catalogue } from './catalogue.read-model.js';

@Controller()
export class CatalogueController {
  constructor(private readonly catalogue: Catalogue) {}

  @Endpoint(searchCatalogue)
  async search(
    @Input() { query }: InputOf<typeof searchCatalogue>,
  ): Promise<ResultOf<typeof searchCatalogue>> {
    return this.catalogue.search(query);
  }

  @Endpoint(listCatalogueFacets)
  async facets(): Promise<ResultOf<typeof listCatalogueFacets>> {
    return this.catalogue.facets();
  }

  @Endpoint(listRecommendations)
  async recommended(
    @Input() { query }: InputOf<typeof listRecommendations>,
  ): Promise<ResultOf<typeof listRecommendations>> {
    return this.catalogue.recommended(query.limit);
  }

  @Endpoint(getCatalogueCourse)
  async get(
    @Input() { params }: InputOf<typeof getCatalogueCourse>,
  ): Promise<ResultOf<typeof getCatalogueCourse>> {
    return this.catalogue.course(params.courseId);
  }
}
