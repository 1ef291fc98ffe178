// @ts-check
// Everything that tells the time: Date and Intl tell the wall clock, performance, hrtime and uptime the elapsed one.
import { performance } from 'node:perf_hooks';
import { elapsedMs, wallMs } from './virtual-now.js';

/** Any fixed uptime of the machine will do; two processes must agree on it, as they really would. */
const MACHINE_UPTIME_MS = 1_000_000_000;

function installDate() {
  const RealDate = Date;
  const now = () => Math.floor(wallMs());
  const VirtualDate = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length > 0 ? args : [now()], newTarget),
    apply: () => new RealDate(now()).toString(),
  });
  Object.defineProperty(RealDate, 'now', { value: { now }.now, writable: true, configurable: true });
  Object.defineProperty(RealDate.prototype, 'constructor', {
    value: VirtualDate,
    writable: true,
    configurable: true,
  });
  globalThis.Date = VirtualDate;

  const { prototype } = Intl.DateTimeFormat;
  const { formatToParts } = prototype;
  const format = Object.getOwnPropertyDescriptor(prototype, 'format');
  prototype.formatToParts = function (date = now()) {
    return formatToParts.call(this, date);
  };
  Object.defineProperty(prototype, 'format', {
    ...format,
    get() {
      const bound = format?.get?.call(this);
      return (/** @type {any} */ date = now()) => bound(date);
    },
  });
}

function installPerformance() {
  const bornMs = elapsedMs();
  const timeOrigin = wallMs();
  const now = () => elapsedMs() - bornMs;
  const { mark } = performance;
  Object.defineProperties(performance, {
    now: { value: { now }.now, writable: true, configurable: true },
    timeOrigin: { value: timeOrigin, configurable: true, enumerable: true },
    mark: {
      value: (/** @type {string} */ name, /** @type {any} */ options) =>
        mark.call(performance, name, { startTime: now(), ...options }),
      writable: true,
      configurable: true,
    },
  });
  process.uptime = () => now() / 1000;
}

function installHrtime() {
  const nowNs = () => BigInt(Math.round((MACHINE_UPTIME_MS + elapsedMs()) * 1e6));
  const hrtime = (/** @type {[number, number] | undefined} */ since) => {
    const ns = nowNs() - (since === undefined ? 0n : BigInt(since[0]) * 1_000_000_000n + BigInt(since[1]));
    return /** @type {[number, number]} */ ([Number(ns / 1_000_000_000n), Number(ns % 1_000_000_000n)]);
  };
  process.hrtime = Object.assign(hrtime, { bigint: nowNs });
}

export function installClocks() {
  installDate();
  installPerformance();
  installHrtime();
}
