import { describe, expect, test } from 'vitest';
import { explainExitCode } from '../../../core/causes/exit-code.ts';

describe('exit codes for the reader', () => {
  test('137 is SIGKILL and by itself no lack of memory (trap 1)', () => {
    expect(explainExitCode(137)).toEqual({
      signal: 'SIGKILL',
      text: 'killed: out of memory, a grace period that ran out, or a forced stop',
      dotnetHost: 'CoreClrInitFailure',
    });
  });

  test.each([
    [129, 'SIGHUP'],
    [130, 'SIGINT'],
    [132, 'SIGILL'],
    [134, 'SIGABRT'],
    [135, 'SIGBUS'],
    [139, 'SIGSEGV'],
    [141, 'SIGPIPE'],
    [143, 'SIGTERM'],
    [159, 'SIGSYS'],
    [162, 'signal 34'],
  ])('%d is %s (trap 13)', (code, signal) => {
    expect(explainExitCode(code).signal).toBe(signal);
  });

  test.each([
    [129, 'InvalidArgFailure'],
    [139, 'ResolverInitFailure'],
    [150, 'FrameworkMissingFailure'],
    [154, 'AppPathFindFailure'],
  ])("%d is one of .NET's host codes too (trap 11)", (code, name) => {
    expect(explainExitCode(code).dotnetHost).toBe(name);
  });

  test.each([
    ['ContainerStatusUnknown', 137],
    ['RestartingAllContainers', 137],
    ['Unknown', 255],
  ])('%s %d was made up (trap 2)', (reason, code) => {
    const meaning = explainExitCode(code, { reason });
    expect(meaning.invented).toBe(true);
    expect(meaning.signal).toBeUndefined();
    expect(meaning.text).toMatch(/^made up by /);
  });

  test('-1 of CRI-O was made up (trap 2)', () => {
    expect(explainExitCode(-1)).toEqual({ text: 'made up by CRI-O: no exit code was found', invented: true });
  });

  test.each([
    [-1073741510, 'STATUS_CONTROL_C_EXIT: an ordinary stop'],
    [3221225786, 'STATUS_CONTROL_C_EXIT: an ordinary stop'],
    [-1073741819, 'STATUS_ACCESS_VIOLATION: a memory access outside of its own memory'],
    [-1073741515, 'STATUS_DLL_NOT_FOUND: a DLL is missing'],
    [-532462766, 'an unhandled .NET exception'],
    [-1073741676, 'the NTSTATUS code 0xC0000094'],
  ])('%d is a code of Windows (trap 12)', (code, text) => {
    expect(explainExitCode(code, { os: 'windows' })).toEqual({ text });
  });

  test('Windows knows no signals', () => {
    expect(explainExitCode(137, { os: 'windows' }).signal).toBeUndefined();
  });

  test("the code of a container that never started is the runtime's (trap 9)", () => {
    expect(explainExitCode(128, { reason: 'StartError' })).toEqual({
      text: "the container never started: the code is the runtime's, not the application's",
    });
  });

  test.each([
    [0, 'success: the process ended by itself'],
    [78, 'EX_CONFIG: the configuration is wrong'],
    [101, 'a Rust panic'],
    [126, 'a shell found the command but could not execute it'],
    [127, 'a shell did not find the command, or a shared library is missing'],
    [42, 'an exit status of the application'],
    [200, 'an exit status of the application'],
  ])('%d: %s', (code, text) => {
    expect(explainExitCode(code)).toEqual({ text });
  });
});
