import type { SignatureTable } from '../log-signature.ts';

/** The program's own heap or allocator gave up; the kernel killed nobody. */
export const heapOom: SignatureTable = {
  cause: 'heap-oom',
  signatures: [
    { text: 'javascript heap out of memory' },
    {
      text: 'java.lang.outofmemoryerror',
      pattern:
        /OutOfMemoryError: (?:Java heap space|GC overhead|Metaspace|Direct buffer memory|Compressed class space|Requested array size)/,
    },
    { text: 'terminating due to java.lang.outofmemoryerror' },
    { text: 'cannot reserve', pattern: /Cannot reserve \d{1,20} bytes of direct buffer memory/ },
    { text: 'insufficient memory for the java runtime environment' },
    { text: 'could not reserve enough space' },
    { text: 'fatal error: runtime: out of memory' },
    { text: 'fatal error: runtime: cannot allocate memory' },
    { text: 'memoryerror', pattern: /^(?:[\w.]{1,100}\.)?(?:_Array)?MemoryError(?:$|:)/ },
    { text: 'nomemoryerror' },
    { text: 'allowed memory size of', pattern: /Allowed memory size of \d{1,20} bytes exhausted/ },
    { text: 'memory allocation of', pattern: /memory allocation of \d{1,20} bytes failed/ },
    { text: 'system.outofmemoryexception' },
    { text: 'out of memory.', pattern: /^Out of memory\.$/ },
    { text: 'std::bad_alloc' },
    { text: 'cannot allocate memory' },
    { text: 'enomem', pattern: /\bENOMEM\b/ },
  ],
};
