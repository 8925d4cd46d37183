/** The head of a table whose rows become cards on a narrow screen: CSS takes the roles of its parts away, so they are said. */
export function TableHead({ titles }: { readonly titles: readonly string[] }) {
  return (
    <thead role="rowgroup">
      <tr role="row">
        {titles.map((title) => (
          <th role="columnheader" scope="col">
            {title}
          </th>
        ))}
      </tr>
    </thead>
  );
}
