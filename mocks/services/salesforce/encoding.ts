// The OAuth endpoints answer as JSON, as a form, or as XML, whichever the client asks for.

import { type Answer, json, parseForm, type Request } from '../../http.ts';

type Encoding = 'json' | 'urlencoded' | 'xml';

// The `format` field wins over the Accept header, and JSON over everything that is neither.
const BY_MEDIA_TYPE: readonly (readonly [string, Encoding])[] = [
  ['application/json', 'json'],
  ['application/x-www-form-urlencoded', 'urlencoded'],
  ['application/xml', 'xml'],
];

/** An answer of an OAuth endpoint in the encoding that the request asks for. */
export function oauthAnswer(
  request: Request,
  status: number,
  fields: Readonly<Record<string, string>>,
): Answer {
  const headers = { 'cache-control': 'no-store' };
  switch (encodingFor(request)) {
    case 'json':
      return json(status, fields, headers);
    case 'urlencoded':
      return {
        status,
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8', ...headers },
        body: new URLSearchParams(fields).toString(),
      };
    case 'xml':
      return {
        status,
        headers: { 'content-type': 'application/xml; charset=UTF-8', ...headers },
        body: `<?xml version="1.0" encoding="UTF-8"?><OAuth>${Object.entries(fields).map(element).join('')}</OAuth>`,
      };
  }
}

const NAMES_FORMAT = /(?:^|&)format=/;

function encodingFor(request: Request): Encoding {
  // The body has been read before; hardly any asks for a format, and then it is read once more.
  const named = NAMES_FORMAT.test(request.body) ? parseForm(request.body).format : undefined;
  const format = named ?? request.query.format;
  if (format === 'json' || format === 'urlencoded' || format === 'xml') return format;
  const accept = request.headers.accept ?? '';
  return BY_MEDIA_TYPE.find(([mediaType]) => accept.includes(mediaType))?.[1] ?? 'json';
}

const element = ([name, value]: readonly [string, string]) => `<${name}>${escaped(value)}</${name}>`;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
