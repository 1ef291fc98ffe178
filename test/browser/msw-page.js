// A page whose calls to every service are answered in its service worker.

import { http } from 'msw';
import { setupWorker } from 'msw/browser';
import { createProvider, fetchHandler, SERVICES, seededRandomness } from '../../mocks/index.ts';
import { handlers } from '../../mocks/msw.ts';
import { refreshAll } from './refresh-all.js';

const mocks = handlers(http, SERVICES);
const worker = setupWorker(...mocks);
const started = worker.start({ quiet: true, onUnhandledRequest: 'bypass' });

Object.assign(globalThis, {
  hour4Page: { started, mocks, refreshAll, SERVICES, createProvider, fetchHandler, seededRandomness },
});
