import type { BookFile } from './book-file.ts'

/** A book to read from: the open one, or one opened beside a counter that goes on selling. */
export type BookReader = Pick<BookFile, 'originId' | 'queries' | 'journal' | 'persons' | 'statement'>
