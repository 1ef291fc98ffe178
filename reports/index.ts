// The list of reports, in the order in which people read them.

import html from './html/index.ts';
import json from './json.ts';
import junit from './junit.ts';
import markdown from './markdown.ts';
import type { Report } from './report.ts';
import rubric from './rubric.ts';
import text from './text.ts';

export { compare } from './compare.ts';
export type { Report, ReportOptions } from './report.ts';

/** Every report. */
export const REPORTS: readonly Report[] = [text, rubric, json, html, junit, markdown];
