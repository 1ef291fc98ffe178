// `npm run docs`: the pages that are made from data. A test holds that they are up to date.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientsPage } from './pages/clients.ts';
import { errorsPage } from './pages/errors.ts';
import { incidentsPage } from './pages/incidents.ts';
import { matrixPage } from './pages/matrix.ts';
import { requirementsPage } from './pages/requirements.ts';
import { servicesPage } from './pages/services.ts';

/** Every generated page, by its file in docs/. */
export const PAGES: Readonly<Record<string, () => string>> = {
  'clients.md': clientsPage,
  'errors.md': errorsPage,
  'incidents.md': incidentsPage,
  'matrix.md': matrixPage,
  'requirements.md': requirementsPage,
  'services.md': servicesPage,
};

if (import.meta.main) {
  for (const [file, page] of Object.entries(PAGES)) writeFileSync(join(import.meta.dirname, file), page());
}
