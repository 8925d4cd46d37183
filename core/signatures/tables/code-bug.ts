import type { SignatureTable } from '../log-signature.ts';

/** An error that nobody caught. Says that the code failed, and only that. */
export const codeBug: SignatureTable = {
  cause: 'code-bug',
  generic: true,
  signatures: [
    { text: 'panic: ', pattern: /(?:^|\s)panic: / },
    { text: 'fatal error: ', pattern: /^fatal error: / },
    { text: 'panicked at', pattern: /thread '[^']{1,200}'.{0,40} panicked at/ },
    { text: 'traceback (most recent call last)', pattern: /Traceback \(most recent call last\):\n[^\n]{1,1000}/, spansLines: true },
    { text: 'traceback (most recent call last)' },
    { text: 'unhandled exception. ' },
    { text: 'unhandledpromiserejection' },
    { text: 'triggeruncaughtexception' },
    { text: 'uncaught exception' },
    { text: 'php fatal error: ' },
    { text: 'fatal error: uncaught' },
    { text: 'exception in thread "' },
    { text: 'application failed to start' },
    { text: 'application run failed' },
    {
      text: 'error: ',
      pattern:
        /^(?:Uncaught )?(?:Type|Reference|Syntax|Range|Attribute|Name|Assertion|Value|Index|Indentation|ZeroDivision|NoMethod)Error: /,
    },
    { text: 'undefined method', pattern: /undefined (?:local variable or )?method .{1,200}(?:NoMethodError|NameError|for nil)/ },
    { text: 'nullpointerexception' },
    { text: 'nullreferenceexception' },
    { text: 'assertion', pattern: /[Aa]ssertion .{1,200} failed/ },
    { text: 'terminate called after throwing' },
  ],
};
