/** An answer as the API server words it, before it is bytes. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

const reasons: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  410: 'Expired',
  422: 'Invalid',
  504: 'Timeout',
};

/** The `Status` object of a refusal. Answers of 500 carry no reason, as on a real server. */
export function failureStatus(code: number, message: string, details?: object): object {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    ...(reasons[code] === undefined ? {} : { reason: reasons[code] }),
    ...(details === undefined ? {} : { details }),
    code,
  };
}

export function failure(code: number, message: string, details?: object): ApiAnswer {
  return jsonAnswer(code, failureStatus(code, message, details));
}

export function jsonAnswer(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): ApiAnswer {
  return { status, body: `${JSON.stringify(value)}\n`, headers: { 'content-type': 'application/json', ...headers } };
}
