import { endpointsOn, type Surface } from '../edge/route-table.js';
import { openApiDocument, type OpenApiDocument } from './openapi-document.js';

interface Description {
  readonly document: OpenApiDocument;
  readonly json: Buffer;
}

/** The description of the API that a host answers; made once. */
export class ApiDescription {
  private readonly known = new Map<Surface, Description>();

  document(surface: Surface): OpenApiDocument {
    return this.describe(surface).document;
  }

  json(surface: Surface): Buffer {
    return this.describe(surface).json;
  }

  private describe(surface: Surface): Description {
    const known = this.known.get(surface);
    if (known !== undefined) return known;
    const document = openApiDocument(endpointsOn(surface), surface);
    const description = { document, json: Buffer.from(JSON.stringify(document)) };
    this.known.set(surface, description);
    return description;
  }
}
