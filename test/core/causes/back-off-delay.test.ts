import { expect, test } from 'vitest';
import { backOffDelay } from '#core/causes/back-off-delay.ts';

test.each([
  ['back-off 10s restarting failed container=api pod=api_shop(1)', 10],
  ['back-off 2m40s restarting failed container=api pod=api_shop(1)', 160],
  ['back-off 5m0s restarting failed container=api pod=api_shop(1)', 300],
  ['back-off 1h0m0s restarting failed container=api pod=api_shop(1)', 3600],
  ['back-off 1.5s restarting failed container=api pod=api_shop(1)', 1],
  ['back-off restarting failed container=api', undefined],
  ['Back-off pulling image "x"', undefined],
  ['the log said: back-off 10s restarting failed', undefined],
])('%s', (message, seconds) => {
  expect(backOffDelay(message)).toBe(seconds);
});
