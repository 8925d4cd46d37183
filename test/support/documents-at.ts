/** Every document of every incident of a cluster, and the incidents themselves, as a client of the address gets them. */
export async function documentsAt(url: string, key: string, cluster: string): Promise<Readonly<Record<string, string>>> {
  const get = async (path: string): Promise<string> =>
    (await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${key}` } })).text();
  const list = await get(`/v1/incidents?cluster=${cluster}`);
  const { items } = JSON.parse(list) as { items: { id: string }[] };
  const documents: Record<string, string> = { list };
  for (const { id } of items) {
    documents[`${id} timeline`] = await get(`/v1/incidents/${id}/timeline.md`);
    documents[`${id} draft`] = await get(`/v1/incidents/${id}/draft.md`);
  }
  return documents;
}
