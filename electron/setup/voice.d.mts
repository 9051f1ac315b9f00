export declare function renderVoice(folder: string, earlier?: string): Promise<void>
export declare function renderClips(
  language: string,
  clips: Readonly<Record<string, string>>,
  folder: string,
): Promise<void>
export declare function phonemesOf(text: string, language: string): Promise<string>
export declare function clipFault(file: Uint8Array): string | null
export declare function indexPack(
  folder: string,
  language: string,
): { readonly present: readonly string[]; readonly missing: readonly string[] }
