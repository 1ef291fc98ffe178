// In which shape a token answer tells what it has to tell: the ways in which services differ, around any service's answer.

import { type Answer, isJsonObject, type Json } from './http.ts';
import type { Granted, Service } from './service.ts';

/** The shape of a token answer; what is absent stays as the service has it. */
export interface AnswerShape {
  /** The type of `expires_in`, or none at all. */
  readonly expiresIn?: 'number' | 'string' | 'absent';
  /** Whether `refresh_token` is told `always`, `when-new` only, or as null unless it is new. */
  readonly refreshToken?: 'always' | 'when-new' | 'null-unless-new';
  /** The spelling of `token_type`. */
  readonly tokenType?: string;
  /** How it is encoded. */
  readonly encoding?: 'form';
}

/** A service's token answer in another shape. Answers that are no JSON object stay as they are. */
export function shaped(tokenAnswer: Service['tokenAnswer'], shape: AnswerShape): Service['tokenAnswer'] {
  return (granted) => {
    const answer = tokenAnswer(granted);
    if (!isJsonObject(answer.body)) return answer;
    const { expires_in, refresh_token, token_type, ...rest } = answer.body;
    const body = {
      ...rest,
      ...member('token_type', shape.tokenType ?? token_type),
      ...member('expires_in', expiresIn(granted, shape, expires_in)),
      ...member('refresh_token', refreshToken(granted, shape, refresh_token)),
    };
    const inShape = { ...answer, body };
    return shape.encoding === 'form' ? inForm(inShape) : inShape;
  };
}

/** The answer as a form in place of a JSON object; null becomes an empty field. Others stay as they are. */
export function inForm(answer: Answer): Answer {
  if (!isJsonObject(answer.body)) return answer;
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(answer.body)) fields.set(name, asText(value));
  return {
    ...answer,
    headers: { ...answer.headers, 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: fields.toString(),
  };
}

function asText(value: Json): string {
  if (value === null) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function expiresIn(granted: Granted, shape: AnswerShape, asItIs: Json | undefined): Json | undefined {
  if (shape.expiresIn === undefined) return asItIs;
  const seconds = asItIs ?? granted.expiresIn;
  if (shape.expiresIn === 'absent' || seconds === null) return undefined;
  return shape.expiresIn === 'string' ? String(seconds) : Number(seconds);
}

function refreshToken(
  { via, refresh, rotated }: Granted,
  shape: AnswerShape,
  asItIs: Json | undefined,
): Json | undefined {
  if (shape.refreshToken === undefined) return asItIs;
  const isNew = refresh !== null && (rotated || via === 'authorization_code');
  if (isNew || (shape.refreshToken === 'always' && refresh !== null)) return refresh.value;
  return shape.refreshToken === 'null-unless-new' ? null : undefined;
}

const member = (name: string, value: Json | undefined) => (value === undefined ? {} : { [name]: value });
