const forms: readonly RegExp[] = [
  /"(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) [^"]{1,500}" (\d{3})\b/,
  /\b(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \/\S{0,500} (?:HTTP\/[\d.]{1,3} )?(?:- )?(\d{3})\b/,
  /\[GIN\] .{1,60}\| {1,4}(\d{3}) \|/,
];
const jsonMethod = /"(?:req\.)?(?:http_?)?method": {0,2}"/i;
const jsonStatus = /"(?:res\.)?(?:http_?)?status_?(?:code)?": {0,2}"?(\d{3})\b/i;

/** The HTTP status of a line that reports one request, whatever words its path holds; `undefined` for other lines. */
export function accessLogStatus(line: string): number | undefined {
  const head = line.slice(0, 2048);
  for (const form of forms) {
    const status = form.exec(head)?.[1];
    if (status !== undefined) return Number(status);
  }
  const status = jsonMethod.test(head) ? jsonStatus.exec(head)?.[1] : undefined;
  return status === undefined ? undefined : Number(status);
}
