// What an unmodelled route answers where the config asks for it: an in-memory collection at that path.

import { cellsOf } from './cells.ts';
import { type Answer, empty, isJsonObject, json, parseJsonObject, type Request } from './http.ts';
import type { Write } from './service.ts';
import type { Collections } from './store.ts';

/** An answer, and what the call wrote. */
interface Crud {
  readonly answer: Answer;
  readonly writes: readonly Write[];
}

/** Answers a call on the collection at its path, or on the object at the end of it. */
export function answerCrud(request: Request, data: Collections): Crud {
  const path = request.path.replace(/\/+$/, '');
  const slash = path.lastIndexOf('/');
  const parent = data(placeOf(path.slice(0, slash)));
  const id = decodeURIComponent(path.slice(slash + 1));
  switch (request.method) {
    case 'POST':
      return create(request, data, path);
    case 'GET':
    case 'HEAD': {
      const object = parent.get(id);
      if (object !== null) return read(json(200, object));
      const isObject = parent.list().length > 0;
      return read(isObject ? NOT_FOUND : json(200, data(placeOf(path)).list()));
    }
    case 'PUT':
    case 'PATCH': {
      const before = parent.get(id);
      const body = parseJsonObject(request.body);
      if (body === null) return read(NO_OBJECT);
      if (before === null && request.method === 'PATCH') return read(NOT_FOUND);
      const after = { ...(request.method === 'PATCH' ? before : {}), ...body, id };
      parent.put(id, after);
      return {
        answer: json(before === null ? 201 : 200, after),
        writes: [{ place: path, cells: cellsOf(body) }],
      };
    }
    case 'DELETE':
      return parent.delete(id)
        ? { answer: empty(204), writes: [{ place: path, cells: {} }] }
        : read(NOT_FOUND);
    default:
      return read(json(405, { error: 'method_not_allowed' }));
  }
}

function create({ body: text }: Request, data: Collections, path: string): Crud {
  const body = text === '' ? {} : parseJsonObject(text);
  if (!isJsonObject(body)) return read(NO_OBJECT);
  const collection = data(placeOf(path));
  const id = typeof body.id === 'string' ? body.id : String(collection.nextNumber());
  const object = { ...body, id };
  collection.put(id, object);
  return {
    answer: json(201, object, { location: `${path}/${encodeURIComponent(id)}` }),
    writes: [{ place: path, cells: cellsOf(body) }],
  };
}

const NOT_FOUND = json(404, { error: 'not_found' });
const NO_OBJECT = json(400, { error: 'the body is no JSON object' });

const read = (answer: Answer): Crud => ({ answer, writes: [] });

// Beside the service's own collections, under a name that none of them has.
const placeOf = (path: string) => `unmodelled ${path}`;
