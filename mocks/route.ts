// Path templates: `/v4/spreadsheets/{id}/values/{range}:append` against a concrete path.

import type { Request } from './http.ts';
import type { Route } from './service.ts';

/** A route that fits a path, with the decoded values of its variables. */
export interface RouteMatch {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/** Compiles routes once and finds the first that fits a request. */
export function createRouter(routes: readonly Route[]): (request: Request) => RouteMatch | null {
  const compiled = routes.map((route) => ({ route, pattern: compile(route.path) }));
  return (request) => {
    for (const { route, pattern } of compiled) {
      if (route.method !== request.method) continue;
      const match = pattern.exec(request.path);
      if (match !== null && route.when?.(request) !== false)
        return { route, params: decode(match.groups ?? {}) };
    }
    return null;
  };
}

function compile(template: string): RegExp {
  const source = template
    .split(/(\{\w+\+?\})/)
    .map((part) => {
      const [, name, all] = /^\{(\w+)(\+?)\}$/.exec(part) ?? [];
      return name === undefined ? literally(part) : `(?<${name}>${all === '' ? '[^/]+?' : '.+'})`;
    })
    .join('');
  return new RegExp(`^${source}$`);
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function decode(groups: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeSegment(value)]));
}

// A client may send a stray percent sign; the service then sees the segment as it was written.
function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
