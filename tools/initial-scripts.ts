/** Which scripts a browser fetches before anything is asked for: the page's own and what they import. */

export interface ManifestChunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}
/** Vite's manifest.json: chunk key → chunk. */
export type BuildManifest = Readonly<Record<string, ManifestChunk>>;

/** Scripts and module preloads named in the page, as paths relative to it. */
export function scriptsInHtml(html: string): readonly string[] {
  const tags = html.match(/<(?:script|link)\b[^>]*>/g) ?? [];
  return tags.flatMap((tag) => {
    const isScript = tag.startsWith('<script');
    if (!isScript && !/rel="modulepreload"/.test(tag)) return [];
    const address = (isScript ? /\ssrc="([^"]+)"/ : /\shref="([^"]+)"/).exec(tag)?.[1];
    return address === undefined ? [] : [address.replace(/^\.?\//, '')];
  });
}

/** Follows static imports only. Throws if the page names a script that the build does not know. */
export function scriptsOfPage(html: string, manifest: BuildManifest): readonly string[] {
  const byFile = new Map(Object.values(manifest).map((chunk) => [chunk.file, chunk]));
  const found = new Set<string>();
  const visit = (chunk: ManifestChunk | undefined, name: string): void => {
    if (chunk === undefined) throw new Error(`The build's manifest does not know ${name}`);
    if (found.has(chunk.file)) return;
    found.add(chunk.file);
    for (const key of chunk.imports ?? []) visit(manifest[key], key);
  };
  const entries = scriptsInHtml(html);
  if (entries.length === 0) throw new Error('The page loads no script');
  for (const file of entries) visit(byFile.get(file), file);
  return [...found];
}
