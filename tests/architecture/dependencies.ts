/** The parts of package.json and of its lock that the rules speak of. */
export interface PackageManifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly overrides?: Readonly<Record<string, string>>
  /** Packages whose install script may run (true) or is known and not needed (false). */
  readonly allowScripts?: Readonly<Record<string, boolean>>
}

export interface PackageLock {
  readonly packages: Readonly<
    Record<string, { readonly hasInstallScript?: boolean; readonly resolved?: string }>
  >
}

const EXACT = /^\d+\.\d+\.\d+(?:-[\w.]+)?$/

const dependenciesOf = (manifest: PackageManifest): Readonly<Record<string, string>> => ({
  ...manifest.dependencies,
  ...manifest.devDependencies,
  ...manifest.optionalDependencies,
})

/** Ranges and tags: the next install must be this one. */
export function inexactVersions(manifest: PackageManifest): readonly string[] {
  return Object.entries({ ...dependenciesOf(manifest), ...manifest.overrides })
    .filter(([, version]) => !EXACT.test(version))
    .map(([name, version]) => `${name}: ${version} is not an exact version`)
}

/** Install scripts that nobody decided on, and decisions on packages that are gone. */
export function undecidedScripts(manifest: PackageManifest, lock: PackageLock): readonly string[] {
  const decided = Object.keys(manifest.allowScripts ?? {})
  const locked = Object.entries(lock.packages).map(([path, entry]) => ({ name: lockedName(path), entry }))
  const undecided = locked
    .filter(({ name, entry }) => entry.hasInstallScript === true && !decided.includes(name))
    .map(({ name }) => `${name}: has an install script that package.json does not decide on`)
  const stale = decided
    .filter((name) => !locked.some((other) => other.name === name))
    .map((name) => `${name}: decided on in package.json, but not installed`)
  return [...undecided, ...stale]
}

const lockedName = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/** Dependencies that nothing uses, and packages in use that package.json does not name. */
export function unmatchedDependencies(
  manifest: PackageManifest,
  used: ReadonlySet<string>,
  tools: readonly string[],
): readonly string[] {
  const declared = Object.keys(dependenciesOf(manifest))
  const wanted = new Set([...used, ...tools])
  return [
    ...declared.filter((name) => !wanted.has(name)).map((name) => `${name}: declared, but nothing uses it`),
    ...[...wanted]
      .filter((name) => !declared.includes(name))
      .map((name) => `${name}: used, but not declared`),
  ]
}
