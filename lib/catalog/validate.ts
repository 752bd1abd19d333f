import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import type { Catalog } from './catalog';
import schema from './catalog.schema.json';

const ajv = addFormats(new Ajv({ allErrors: true }));
const isCatalog = ajv.compile<Catalog>(schema);

/** What is wrong with the form of a catalog, one line each; nothing where it fits `catalog.schema.json`. */
export const catalogErrors = (value: unknown): readonly string[] =>
  isCatalog(value)
    ? []
    : (isCatalog.errors ?? []).map(({ instancePath, message = 'does not fit', params }) => {
        const said = 'additionalProperty' in params ? ` (\`${String(params.additionalProperty)}\`)` : '';
        return `${instancePath || 'the catalog'} ${message}${said}`;
      });
