const text = /^back-off (?:(\d{1,3})h)?(?:(\d{1,3})m)?(?:(\d{1,4})(?:\.\d{1,9})?s)? restarting failed/;

/** Seconds in `back-off 2m40s restarting failed container=api …`, the waiting message of a container in CrashLoopBackOff. */
export function backOffDelay(message: string): number | undefined {
  const match = text.exec(message);
  if (match === null) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0'] = match;
  const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return total === 0 ? undefined : total;
}
