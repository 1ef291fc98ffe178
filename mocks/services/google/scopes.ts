// Google's scopes by what they open. Any one of a list suffices.

const AUTH = 'https://www.googleapis.com/auth';

export const SPREADSHEETS = `${AUTH}/spreadsheets`;
export const DRIVE_READONLY = `${AUTH}/drive.readonly`;

/** Reading sheets, and writing them. */
export const SHEETS_WRITE = [SPREADSHEETS, `${AUTH}/drive`, `${AUTH}/drive.file`];
export const SHEETS_READ = [...SHEETS_WRITE, `${AUTH}/spreadsheets.readonly`, DRIVE_READONLY];

/** Listing files and reading what is known of one. */
export const FILES_READ = [
  DRIVE_READONLY,
  `${AUTH}/drive`,
  `${AUTH}/drive.file`,
  `${AUTH}/drive.metadata`,
  `${AUTH}/drive.metadata.readonly`,
];

/** Knowing the user's address. */
export const EMAIL = ['email', `${AUTH}/userinfo.email`];

/** Knowing who the user is. */
export const IDENTITY = ['openid', 'email', 'profile', `${AUTH}/userinfo.email`, `${AUTH}/userinfo.profile`];

/** Reading mail. */
export const MAIL_READ = [
  'https://mail.google.com/',
  `${AUTH}/gmail.readonly`,
  `${AUTH}/gmail.modify`,
  `${AUTH}/gmail.metadata`,
];

/** Whether a scope opens a mailbox: such grants end with the user's password. */
export function isMailScope(scope: string): boolean {
  return scope === 'https://mail.google.com/' || scope.startsWith(`${AUTH}/gmail.`);
}
