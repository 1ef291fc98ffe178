// Errors of Google's APIs: google.rpc.Status with details for the newer ones, with a list of errors for the older.

import { type Answer, json } from '../../http.ts';
import type { Refused, Route } from '../../service.ts';

const REALM = 'Bearer realm="https://accounts.google.com/"';

/** A reason in the words of google.api.ErrorReason, for the APIs that give details. */
interface ErrorInfo {
  readonly reason: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** An error in the words of the older APIs, which Drive and Gmail still give. */
interface LegacyError {
  readonly message: string;
  readonly reason: string;
  readonly location?: readonly ['header' | 'parameter', string];
}

/** The error that an API answers with, in its own dialect. */
export function apiError(
  refused: Refused,
  status: readonly [number, string],
  message: string,
  more: {
    readonly info?: ErrorInfo;
    readonly legacy: Omit<LegacyError, 'message'> & { readonly message?: string };
    readonly challenge?: string;
  },
): Answer {
  const { info, legacy, challenge } = more;
  const api = apiOf(refused.route);
  const [locationType, location] = legacy.location ?? [];
  const errors = {
    errors: [
      {
        message: legacy.message ?? message,
        domain: 'global',
        reason: legacy.reason,
        ...(location === undefined ? {} : { location, locationType: locationType ?? '' }),
      },
    ],
  };
  const details =
    info === undefined
      ? {}
      : {
          details: [
            {
              '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
              reason: info.reason,
              domain: 'googleapis.com',
              metadata: { ...methodOf(refused.route), ...info.metadata },
            },
          ],
        };
  const headers = challenge === undefined ? {} : { 'www-authenticate': `${REALM}${challenge}` };
  const [code, name] = status;
  const both = api === 'sheets' ? {} : errors;
  return json(code, { error: { code, message, ...both, status: name, ...details } }, headers);
}

type Api = 'sheets' | 'drive' | 'gmail' | 'oauth2';

// Sheets is one of the newer APIs, whose errors have `details` and no `errors`.
function apiOf(route: Route | null): Api {
  if (route?.id.startsWith('files.')) return 'drive';
  if (route?.id.startsWith('gmail.')) return 'gmail';
  return route?.id === 'userinfo' ? 'oauth2' : 'sheets';
}

const METHODS: Readonly<Record<string, string>> = {
  'spreadsheets.get': 'google.apps.sheets.v4.SpreadsheetsService.GetSpreadsheet',
  'spreadsheets.create': 'google.apps.sheets.v4.SpreadsheetsService.CreateSpreadsheet',
  'spreadsheets.batchUpdate': 'google.apps.sheets.v4.SpreadsheetsService.BatchUpdateSpreadsheet',
  'spreadsheets.values.get': 'google.apps.sheets.v4.SpreadsheetsService.GetValues',
  'spreadsheets.values.update': 'google.apps.sheets.v4.SpreadsheetsService.UpdateValues',
  'spreadsheets.values.append': 'google.apps.sheets.v4.SpreadsheetsService.AppendValues',
  'spreadsheets.values.clear': 'google.apps.sheets.v4.SpreadsheetsService.ClearValues',
  'spreadsheets.values.batchGet': 'google.apps.sheets.v4.SpreadsheetsService.BatchGetValues',
  'spreadsheets.values.batchUpdate': 'google.apps.sheets.v4.SpreadsheetsService.BatchUpdateValues',
  'files.list': 'google.apps.drive.v3.DriveFiles.List',
  'files.get': 'google.apps.drive.v3.DriveFiles.Get',
  'gmail.getProfile': 'caribou.api.proto.MailboxService.GetProfile',
};

/** The API and the method behind a route, as error details name them. */
export function methodOf(route: Route | null): Readonly<Record<string, string>> {
  const method = METHODS[route?.id ?? ''];
  return { service: `${apiOf(route)}.googleapis.com`, ...(method === undefined ? {} : { method }) };
}
