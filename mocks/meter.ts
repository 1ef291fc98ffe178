// Counts a tenant's calls in fixed windows, for the headers in which services tell how much of a quota is used.

/** How many calls a tenant has made in the window that `nowMs` falls into, this one included. */
export type Meter = (tenant: string, nowMs: number) => number;

/** A meter with windows of `windowMs`; a tenant's window opens with the first call after the last one closed. */
export function createMeter(windowMs: number): Meter {
  const windows = new Map<string, { openedAtMs: number; calls: number }>();
  return (tenant, nowMs) => {
    const open = windows.get(tenant);
    if (open === undefined || nowMs >= open.openedAtMs + windowMs) {
      windows.set(tenant, { openedAtMs: nowMs, calls: 1 });
      return 1;
    }
    open.calls++;
    return open.calls;
  };
}
