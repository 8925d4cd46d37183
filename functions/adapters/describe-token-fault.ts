import { errors } from 'jose';
import { MortemError } from '#core/errors.ts';

/** Why a token is not believed, as a sentence for whoever holds it. The key set that cannot be had is no fault of the token. */
export function describeTokenFault(cause: unknown): MortemError {
  if (cause instanceof MortemError) return cause;
  if (cause instanceof errors.JWTExpired) {
    return refuse(
      'The token has expired. A collector reads its projected token anew for every request: is the file mounted as one?',
      cause,
    );
  }
  if (cause instanceof errors.JWTClaimValidationFailed) {
    const sentence =
      cause.claim === 'aud'
        ? 'The token is for another audience. Project one for the audience that this server expects.'
        : `The token has no valid "${cause.claim}" claim.`;
    return refuse(sentence, cause);
  }
  if (cause instanceof errors.JOSEAlgNotAllowed)
    return refuse('The token is signed with an algorithm that is not accepted, or not at all.', cause);
  if (cause instanceof errors.JWSSignatureVerificationFailed || cause instanceof errors.JWKSNoMatchingKey) {
    return refuse('The token is not signed by a key of its issuer. Is it a token of another cluster?', cause);
  }
  if (cause instanceof errors.JWSInvalid || cause instanceof errors.JWTInvalid || cause instanceof errors.JOSENotSupported) {
    return refuse('The token cannot be read. Send the content of the token file, unchanged.', cause);
  }
  // No answer, or one that is no key set: the sender keeps its batch and comes again.
  return new MortemError('unreachable', "The keys of the token's issuer cannot be had right now. Send it again later.", { cause });
}

function refuse(message: string, cause: Error): MortemError {
  return new MortemError('unauthorized', message, { cause });
}
