import { USERNAME } from '#libs/contracts/auth';
import {
  AndFilter,
  EqualityFilter,
  ExtensibleFilter,
  FilterParser,
  NotFilter,
  OrFilter,
  PresenceFilter,
  type Filter,
} from 'ldapts';

/** A filter that an administrator wrote, taken apart. What people type never becomes text of a filter again. */
export interface FilterTemplate {
  /** With the name in place of the placeholder. */
  readonly filterFor: (name: string) => Filter;
  /** Whoever it could find under any name. */
  readonly everybody: Filter;
  /** The attributes that the name is compared with. */
  readonly compared: readonly string[];
}

/** @throws Error whose message says what is wrong with it */
export function filterTemplate(text: string): FilterTemplate {
  const compared = new Set<string>();
  const parsed = parsedFilter(text);
  const everybody = replaced(parsed, (attribute) => {
    compared.add(attribute);
    return new PresenceFilter({ attribute });
  });
  if (compared.size === 0) throw new Error(`It does not compare anything with ${USERNAME}.`);
  return {
    compared: [...compared],
    everybody,
    filterFor: (name) => replaced(parsed, (attribute) => new EqualityFilter({ attribute, value: name })),
  };
}

/** A filter without a placeholder. @throws Error whose message says what is wrong with it */
export function plainFilter(text: string): Filter {
  if (text.includes(USERNAME)) throw new Error(`${USERNAME} has no place in it.`);
  return parsedFilter(text);
}

/** The members of one rule; servers that know the rule follow groups in groups. */
export function memberFilter(attribute: string, dn: string, rule: string | null): Filter {
  if (rule === null) return new EqualityFilter({ attribute, value: dn });
  return new ExtensibleFilter({ matchType: attribute, rule, value: dn });
}

function parsedFilter(text: string): Filter {
  // As people write them: over several lines.
  const tidy = text
    .replace(/\s*\n\s*/g, '')
    .replace(/([()&|!])\s+\(/g, '$1(')
    .replace(/\)\s+\)/g, '))');
  return FilterParser.parseString(tidy.trim());
}

function replaced(filter: Filter, by: (attribute: string) => Filter): Filter {
  if (filter instanceof AndFilter) {
    return new AndFilter({ filters: filter.filters.map((part) => replaced(part, by)) });
  }
  if (filter instanceof OrFilter) {
    return new OrFilter({ filters: filter.filters.map((part) => replaced(part, by)) });
  }
  if (filter instanceof EqualityFilter && filter.value === USERNAME) return by(filter.attribute);
  if (holdsPlaceholder(filter)) {
    throw new Error(`${USERNAME} has to be compared as a whole, as in (uid=${USERNAME}), and not negated.`);
  }
  return filter;
}

function holdsPlaceholder(filter: Filter): boolean {
  const inside = filter instanceof NotFilter ? filter.filter : filter;
  return inside.toString().includes(USERNAME) || inside.toString().includes('{username');
}
